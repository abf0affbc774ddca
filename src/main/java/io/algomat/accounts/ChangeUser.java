package io.algomat.accounts;

import io.algomat.platform.ErrorCode;
import io.algomat.platform.Problem;
import io.algomat.platform.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** What an administrator does to a user: disable and enable, and approve as a publisher. Each act is audited. */
@ApplicationScoped
public class ChangeUser {
    private final Sql sql;
    private final Sessions sessions;
    private final AfterCommit afterCommit;
    private final KeyCache cache;
    private final Audit audit;
    private final Clock clock;

    ChangeUser(Sql sql, Sessions sessions, AfterCommit afterCommit, KeyCache cache, Audit audit, Clock clock) {
        this.sql = sql;
        this.sessions = sessions;
        this.afterCommit = afterCommit;
        this.cache = cache;
        this.audit = audit;
        this.clock = clock;
    }

    /** Ends the user's sessions and kills its keys until it is enabled again; what it published stays. */
    @Transactional
    public void disable(Caller administrator, String user, String reason) {
        if (user.equalsIgnoreCase(administrator.name())) {
            throw Problem.of(ErrorCode.CONFLICT, "You cannot disable your own account");
        }
        long id = update("disabled_at = ?", clock.instant(), user);
        sessions.revokeAll(id);
        afterCommit.run(() -> cache.evictOwner(id));
        audit.record(administrator, "user.disable", "user:" + user, reason.isBlank() ? null : reason.strip());
    }

    @Transactional
    public void enable(Caller administrator, String user) {
        update("disabled_at = ?", null, user);
        audit.record(administrator, "user.enable", "user:" + user, null);
    }

    @Transactional
    public void approvePublisher(Caller administrator, String user, boolean approved) {
        update("approved_publisher = ?", approved, user);
        audit.record(administrator, approved ? "publisher.approve" : "publisher.disapprove", "user:" + user, null);
    }

    private long update(String change, @Nullable Object value, String user) {
        return sql.first(
                        "UPDATE owner SET " + change + " WHERE lower(name) = lower(?) AND kind = 'user' RETURNING id",
                        row -> row.getLong("id"),
                        value,
                        user)
                .orElseThrow(() -> Problem.of(ErrorCode.NOT_FOUND, "There is no user '" + user + "'"));
    }
}
