package io.algomat.accounts;

import io.algomat.platform.ErrorCode;
import io.algomat.platform.Problem;
import io.algomat.platform.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;

/** Kills an API key: here when this returns, on other gateways within a second. */
@ApplicationScoped
public class RevokeKey {
    private static final String REVOKE =
            "UPDATE api_key SET revoked_at = ? WHERE id = ? AND owner_id = ? AND revoked_at IS NULL RETURNING name, prefix";

    private final Sql sql;
    private final AfterCommit afterCommit;
    private final KeyCache cache;
    private final Audit audit;
    private final Clock clock;

    RevokeKey(Sql sql, AfterCommit afterCommit, KeyCache cache, Audit audit, Clock clock) {
        this.sql = sql;
        this.afterCommit = afterCommit;
        this.cache = cache;
        this.audit = audit;
        this.clock = clock;
    }

    /** @throws Problem not-found, also for a key of somebody else */
    @Transactional
    public void revoke(long ownerId, long keyId) {
        String key = sql.first(
                        REVOKE,
                        row -> row.getString("name") + " (" + row.getString("prefix") + "…)",
                        clock.instant(),
                        keyId,
                        ownerId)
                .orElseThrow(() -> Problem.of(ErrorCode.NOT_FOUND, "You have no such key, or it is revoked already"));
        audit.recordOf(ownerId, "key.revoke", "key:" + keyId, new Audit.Change(key, null));
        afterCommit.run(() -> cache.evictOwner(ownerId));
    }
}
