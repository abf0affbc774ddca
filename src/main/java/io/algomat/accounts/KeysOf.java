package io.algomat.accounts;

import io.algomat.platform.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Lists an owner's API keys. */
@ApplicationScoped
public class KeysOf {
    /**
     * @param prefix the first characters of the key; the rest is known to its holder alone
     * @param lastUsedAt null when it was never used
     */
    public record KeyView(
            long id,
            String name,
            String prefix,
            List<Scope> scopes,
            Instant createdAt,
            @Nullable Instant expiresAt,
            @Nullable Instant lastUsedAt,
            boolean expired) {}

    private static final String KEYS = """
            SELECT id, name, prefix, scopes, created_at, expires_at, last_used_at
            FROM api_key WHERE owner_id = ? AND revoked_at IS NULL ORDER BY created_at DESC, id DESC
            """;

    /** A key that somebody reported, and that is dead since. */
    public record LeakedKey(String name, String prefix, Instant leakedAt) {}

    private static final Duration LEAKS_SHOWN = Duration.ofDays(30);
    private static final String LEAKED = """
            SELECT name, prefix, leaked_at FROM api_key WHERE owner_id = ? AND leaked_at > ? ORDER BY leaked_at DESC LIMIT 20
            """;

    private final Sql sql;
    private final LastUse lastUse;
    private final Clock clock;

    KeysOf(Sql sql, LastUse lastUse, Clock clock) {
        this.sql = sql;
        this.lastUse = lastUse;
        this.clock = clock;
    }

    /** Those that leaked in the last 30 days, the latest first. */
    public List<LeakedKey> leaked(long ownerId) {
        return sql.list(
                LEAKED,
                row -> new LeakedKey(row.getString("name"), row.getString("prefix"), Sql.time(row, "leaked_at")),
                ownerId,
                clock.instant().minus(LEAKS_SHOWN));
    }

    /** The keys that are not revoked, the newest first. */
    public List<KeyView> owner(long ownerId) {
        Map<Long, Instant> unwritten = lastUse.unwritten();
        Instant now = clock.instant();
        return sql.list(
                KEYS,
                row -> {
                    long id = row.getLong("id");
                    Instant expires = Sql.timeOrNull(row, "expires_at");
                    Instant fresh = unwritten.get(id);
                    return new KeyView(
                            id,
                            row.getString("name"),
                            row.getString("prefix"),
                            Arrays.stream((String[]) row.getArray("scopes").getArray())
                                    .map(Scope::ofWire)
                                    .toList(),
                            Sql.time(row, "created_at"),
                            expires,
                            fresh != null ? fresh : Sql.timeOrNull(row, "last_used_at"),
                            expires != null && !now.isBefore(expires));
                },
                ownerId);
    }
}
