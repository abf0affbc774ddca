package io.algomat.accounts;

import io.algomat.platform.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads callers from the database; a disabled owner is nobody, whatever it holds. */
@ApplicationScoped
class CallerRows {
    /** A caller by API key, and when the key ends. */
    record KeyCaller(Caller caller, @Nullable Instant expiresAt) {}

    /** A caller by session, and when the session was last written as seen. */
    record SessionCaller(Caller caller, Instant lastSeenAt) {}

    private static final String OWNER = """
            SELECT o.id AS owner_id, o.name, o.administrator, o.guest,
                   ARRAY(SELECT m.organisation_id FROM membership m WHERE m.user_id = o.id) AS organisations
            """;
    private static final String BY_KEY = OWNER + """
                 , k.id AS key_id, k.scopes, k.expires_at
            FROM api_key k JOIN owner o ON o.id = k.owner_id
            WHERE k.digest = ? AND k.revoked_at IS NULL AND o.disabled_at IS NULL
            """;
    private static final String BY_SESSION = OWNER + """
                 , s.last_seen_at, s.administrator AS provider_administrator
            FROM session s JOIN owner o ON o.id = s.owner_id
            WHERE s.token_hash = ? AND s.expires_at > ? AND o.disabled_at IS NULL
            """;
    private static final String BY_ID = OWNER + "FROM owner o WHERE o.id = ? AND o.disabled_at IS NULL";

    private static final String BY_PROVIDER = OWNER + """
            FROM identity i JOIN owner o ON o.id = i.owner_id
            WHERE i.issuer = ? AND i.subject = ? AND o.disabled_at IS NULL
            """;

    private final Sql sql;

    CallerRows(Sql sql) {
        this.sql = sql;
    }

    Optional<KeyCaller> byKey(byte[] digest) {
        return sql.first(BY_KEY, CallerRows::keyCaller, digest);
    }

    Optional<SessionCaller> bySession(byte[] tokenHash, Instant now) {
        return sql.first(
                BY_SESSION,
                row -> new SessionCaller(
                        caller(
                                row,
                                null,
                                EnumSet.allOf(Scope.class),
                                row.getBoolean("administrator") || row.getBoolean("provider_administrator")),
                        Sql.time(row, "last_seen_at")),
                tokenHash,
                now);
    }

    Optional<Caller> byId(long ownerId, Set<Scope> scopes) {
        return sql.first(BY_ID, row -> caller(row, null, scopes, false), ownerId);
    }

    /** Whoever is connected with an account of a provider, for calls with its tokens. */
    Optional<Caller> byProvider(String issuer, String subject, Set<Scope> scopes) {
        return sql.first(BY_PROVIDER, row -> caller(row, null, scopes, false), issuer, subject);
    }

    private static KeyCaller keyCaller(ResultSet row) throws SQLException {
        Set<Scope> scopes = Arrays.stream((String[]) row.getArray("scopes").getArray())
                .map(Scope::ofWire)
                .collect(Collectors.toUnmodifiableSet());
        return new KeyCaller(caller(row, row.getLong("key_id"), scopes, false), Sql.timeOrNull(row, "expires_at"));
    }

    /** Keys and tokens are never an administrator, whoever they belong to: they may leak, and have no page on which to confirm. */
    private static Caller caller(ResultSet row, @Nullable Long keyId, Set<Scope> scopes, boolean administrator)
            throws SQLException {
        return new Caller(
                row.getLong("owner_id"),
                row.getString("name"),
                keyId,
                Set.copyOf(scopes),
                Set.of((Long[]) row.getArray("organisations").getArray()),
                administrator,
                row.getBoolean("guest"));
    }
}
