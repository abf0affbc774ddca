package io.algomat.accounts;

import io.algomat.platform.Sql;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Sessions in the database: valid on every gateway, gone everywhere when revoked. */
@ApplicationScoped
public class Sessions {
    /** One place where an account is signed in. */
    public record SessionView(
            long id, String address, String agent, Instant createdAt, Instant lastSeenAt, boolean current) {}

    /** How stale "last seen" may be; a page more often does not write. */
    private static final Duration SEEN_STEP = Duration.ofMinutes(1);

    private static final int LONGEST_AGENT = 200;

    private final Sql sql;
    private final CallerRows callers;
    private final AccountsConfig config;
    private final Clock clock;

    Sessions(Sql sql, CallerRows callers, AccountsConfig config, Clock clock) {
        this.sql = sql;
        this.callers = callers;
        this.config = config;
        this.clock = clock;
    }

    /**
     * Starts a session.
     *
     * @return its token, for the browser's cookie alone
     */
    @Transactional
    public String open(long ownerId, String address, String agent) {
        String token = OpaqueToken.random();
        Instant now = clock.instant();
        sql.update(
                """
                INSERT INTO session (token_hash, owner_id, address, agent, created_at, last_seen_at, expires_at, ends_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """,
                OpaqueToken.hash(token),
                ownerId,
                address,
                agent.substring(0, Math.min(agent.length(), LONGEST_AGENT)),
                now,
                now,
                now.plus(
                        config.sessionIdle().compareTo(config.sessionLife()) < 0
                                ? config.sessionIdle()
                                : config.sessionLife()),
                now.plus(config.sessionLife()));
        return token;
    }

    /** Who is signed in by this token, if anyone still is; being seen lengthens the session. */
    Optional<Caller> caller(String token) {
        byte[] hash = OpaqueToken.hash(token);
        Instant now = clock.instant();
        Optional<CallerRows.SessionCaller> found = callers.bySession(hash, now);
        if (found.isPresent() && found.get().lastSeenAt().isBefore(now.minus(SEEN_STEP))) {
            sql.update(
                    "UPDATE session SET last_seen_at = ?, expires_at = least(?, ends_at) WHERE token_hash = ?",
                    now,
                    now.plus(config.sessionIdle()),
                    hash);
        }
        return found.map(CallerRows.SessionCaller::caller);
    }

    /** The sessions of an account, the latest seen first. */
    public List<SessionView> of(long ownerId, String currentToken) {
        return sql.list(
                """
                SELECT id, address, agent, created_at, last_seen_at, token_hash = ? AS current
                FROM session WHERE owner_id = ? AND expires_at > ? ORDER BY last_seen_at DESC, id DESC LIMIT 100
                """,
                row -> new SessionView(
                        row.getLong("id"),
                        row.getString("address"),
                        row.getString("agent"),
                        Sql.time(row, "created_at"),
                        Sql.time(row, "last_seen_at"),
                        row.getBoolean("current")),
                OpaqueToken.hash(currentToken),
                ownerId,
                clock.instant());
    }

    @Transactional
    public void close(String token) {
        sql.update("DELETE FROM session WHERE token_hash = ?", (Object) OpaqueToken.hash(token));
    }

    /** Ends one session of this account; of another's, nothing happens. */
    @Transactional
    public void revoke(long ownerId, long sessionId) {
        sql.update("DELETE FROM session WHERE id = ? AND owner_id = ?", sessionId, ownerId);
    }

    /** Signs an account out everywhere. */
    @Transactional
    public void revokeAll(long ownerId) {
        sql.update("DELETE FROM session WHERE owner_id = ?", ownerId);
    }

    /** Signs an account out everywhere but here. */
    @Transactional
    public void revokeOthers(long ownerId, String currentToken) {
        sql.update(
                "DELETE FROM session WHERE owner_id = ? AND token_hash <> ?", ownerId, OpaqueToken.hash(currentToken));
    }

    @Scheduled(every = "1h")
    @Transactional
    void forgetExpired() {
        sql.update("DELETE FROM session WHERE expires_at <= ?", clock.instant());
    }
}
