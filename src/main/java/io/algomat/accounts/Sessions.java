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
import org.jspecify.annotations.Nullable;

/** Sessions in the database: valid on every gateway, gone everywhere when revoked. */
@ApplicationScoped
public class Sessions {
    /** One place where an account is signed in. */
    public record SessionView(
            long id, String address, String agent, Instant createdAt, Instant lastSeenAt, boolean current) {}

    /** How stale "last seen" may be; a page more often does not write. */
    private static final Duration SEEN_STEP = Duration.ofMinutes(1);

    /** From the button on the account's page to the way back from the provider. */
    private static final Duration CONNECTING = Duration.ofMinutes(10);

    private static final int LONGEST_AGENT = 200;

    private final Sql sql;
    private final CallerRows callers;
    private final AccountsConfig config;
    private final ProviderConfig provider;
    private final Audit audit;
    private final Clock clock;

    Sessions(Sql sql, CallerRows callers, AccountsConfig config, ProviderConfig provider, Audit audit, Clock clock) {
        this.sql = sql;
        this.callers = callers;
        this.config = config;
        this.provider = provider;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Starts a session.
     *
     * @return its token, for the browser's cookie alone
     */
    @Transactional
    public String open(Identity identity, String address, String agent) {
        String token = OpaqueToken.random();
        Instant now = clock.instant();
        ProviderAccount account = identity instanceof Identity.Provided(long _, ProviderAccount by) ? by : null;
        Duration life = account == null ? config.sessionLife() : shorter(provider.sessionLife(), config.sessionLife());
        if (account != null && !account.administrator()) {
            // The role is gone: sessions that began with it lose it as well.
            sql.update(
                    "UPDATE session SET administrator = false WHERE issuer = ? AND subject = ? AND administrator",
                    account.issuer(),
                    account.subject());
        }
        sql.update(
                """
                INSERT INTO session (token_hash, owner_id, address, agent, created_at, last_seen_at, expires_at, ends_at,
                                     issuer, subject, provider_session, sign_out_url, administrator)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                OpaqueToken.hash(token),
                identity.ownerId(),
                address,
                agent.substring(0, Math.min(agent.length(), LONGEST_AGENT)),
                now,
                now,
                now.plus(shorter(config.sessionIdle(), life)),
                now.plus(life),
                account == null ? null : account.issuer(),
                account == null ? null : account.subject(),
                account == null ? null : account.session(),
                account == null ? null : account.signOutUrl(),
                account != null && account.administrator());
        boolean administrator = account != null && account.administrator();
        audit.recordSelf(
                identity.ownerId(),
                "session.open",
                administrator ? new Audit.Change(null, "administrator, by the sign-in provider") : Audit.Change.NONE);
        return token;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
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

    /** @return where the provider ends its own session, if this one came from one that has such a place */
    @Transactional
    public Optional<String> close(String token) {
        record Closed(long owner, @Nullable String signOutUrl) {}
        Optional<Closed> closed = sql.first(
                "DELETE FROM session WHERE token_hash = ? RETURNING owner_id, sign_out_url",
                row -> new Closed(row.getLong("owner_id"), row.getString("sign_out_url")),
                (Object) OpaqueToken.hash(token));
        closed.ifPresent(session -> audit.recordSelf(session.owner(), "session.close"));
        return closed.map(Closed::signOutUrl);
    }

    /** Lets this session be used once, soon, to connect a provider's account with its own. */
    @Transactional
    public void beginConnecting(String token) {
        sql.update(
                "UPDATE session SET connects_until = ? WHERE token_hash = ?",
                clock.instant().plus(CONNECTING),
                OpaqueToken.hash(token));
    }

    /** Who asked in this session to be connected, if anyone did; asked once more, nobody has. */
    Optional<Caller> takeConnecting(String token) {
        byte[] hash = OpaqueToken.hash(token);
        boolean asked = sql.update(
                        "UPDATE session SET connects_until = NULL WHERE token_hash = ? AND connects_until > ?",
                        hash,
                        clock.instant())
                > 0;
        return asked ? caller(token) : Optional.empty();
    }

    /** Ends what a provider opened: one of its sessions, or with a null one all of its user's. */
    int revokeProvided(String issuer, @Nullable String subject, @Nullable String providerSession) {
        return sql.update("""
                DELETE FROM session WHERE issuer = ?
                   AND (?::text IS NULL OR subject = ?) AND (?::text IS NULL OR provider_session = ?)
                """, issuer, subject, subject, providerSession, providerSession);
    }

    /** Ends one session of this account; of another's, nothing happens. */
    @Transactional
    public void revoke(long ownerId, long sessionId) {
        if (sql.update("DELETE FROM session WHERE id = ? AND owner_id = ?", sessionId, ownerId) > 0) {
            audit.recordSelf(ownerId, "session.end");
        }
    }

    /** Signs an account out everywhere, as it asked itself. */
    @Transactional
    public void endAll(long ownerId) {
        revokeAll(ownerId);
        audit.recordSelf(ownerId, "session.end-all");
    }

    /** Signs an account out everywhere, as part of another act. */
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
