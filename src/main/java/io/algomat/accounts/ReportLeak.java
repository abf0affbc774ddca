package io.algomat.accounts;

import io.algomat.platform.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Revokes API keys that somebody found where they should not be: here when this returns, on other gateways within a
 * second. Whoever holds a key may have it revoked; that is the point of telling.
 */
@ApplicationScoped
public class ReportLeak {
    private static final Pattern KEY = Pattern.compile("(?<![0-9A-Za-z])sim[0-9A-Za-z]{25}(?![0-9A-Za-z])");
    private static final int MOST_KEYS = 100;
    private static final String REVOKE = """
            UPDATE api_key SET revoked_at = ?, leaked_at = ?
             WHERE revoked_at IS NULL AND digest IN (SELECT decode(hex, 'hex') FROM unnest(?) AS hex)
            RETURNING id, owner_id, name, prefix
            """;

    private record Revoked(long id, long owner, String words) {}

    private final Sql sql;
    private final ApiKeyDigest digest;
    private final AfterCommit afterCommit;
    private final KeyCache cache;
    private final AddressLimits limits;
    private final Audit audit;
    private final Clock clock;

    ReportLeak(
            Sql sql,
            ApiKeyDigest digest,
            AfterCommit afterCommit,
            KeyCache cache,
            AddressLimits limits,
            Audit audit,
            Clock clock) {
        this.sql = sql;
        this.digest = digest;
        this.afterCommit = afterCommit;
        this.cache = cache;
        this.limits = limits;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Revokes what is a key in a text: a key alone, a list of them, the page that they stood on. Nothing tells whether one
     * was; an address that reports too often is not listened to, and is not told that either.
     */
    @Transactional
    public void report(String text, String address) {
        String[] digests = KEY.matcher(text)
                .results()
                .map(MatchResult::group)
                .filter(ApiKeyText::wellFormed)
                .distinct()
                .limit(MOST_KEYS)
                .map(key -> HexFormat.of().formatHex(digest.of(key)))
                .toArray(String[]::new);
        if (digests.length == 0 || !limits.tryTake(AddressLimits.Kind.LEAK_REPORT, address)) {
            return;
        }
        List<Revoked> found = sql.list(
                REVOKE,
                row -> new Revoked(
                        row.getLong("id"),
                        row.getLong("owner_id"),
                        row.getString("name") + " (" + row.getString("prefix") + "…)"),
                clock.instant(),
                clock.instant(),
                digests);
        for (Revoked key : found) {
            audit.record(
                    null,
                    "key.leak",
                    "key:" + key.id(),
                    null,
                    new Audit.Change(key.words(), "revoked, since somebody reported that it had leaked"));
            afterCommit.run(() -> cache.evictOwner(key.owner()));
        }
    }
}
