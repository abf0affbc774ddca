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
        Changed changed = update("disabled_at", clock.instant(), user);
        sessions.revokeAll(changed.id());
        afterCommit.run(() -> cache.evictOwner(changed.id()));
        audit.record(
                administrator,
                "user.disable",
                "user:" + changed.name(),
                reason.isBlank() ? null : reason.strip(),
                new Audit.Change(changed.before() == null ? "enabled" : "disabled", "disabled"));
    }

    @Transactional
    public void enable(Caller administrator, String user) {
        Changed changed = update("disabled_at", null, user);
        // Its keys are remembered as unknown.
        afterCommit.run(() -> cache.evictOwner(changed.id()));
        audit.record(
                administrator,
                "user.enable",
                "user:" + changed.name(),
                null,
                new Audit.Change(changed.before() == null ? "enabled" : "disabled", "enabled"));
    }

    @Transactional
    public void approvePublisher(Caller administrator, String user, boolean approved) {
        Changed changed = update("approved_publisher", approved, user);
        audit.record(
                administrator,
                approved ? "publisher.approve" : "publisher.disapprove",
                "user:" + changed.name(),
                null,
                new Audit.Change("approved: " + changed.before(), "approved: " + approved));
    }

    private record Changed(long id, String name, @Nullable String before) {}

    private Changed update(String column, @Nullable Object value, String user) {
        return sql.first(
                        "UPDATE owner SET " + column + " = ? WHERE lower(name) = lower(?) AND kind = 'user'"
                                + " RETURNING id, name, old." + column + "::text AS before",
                        row -> new Changed(row.getLong("id"), row.getString("name"), row.getString("before")),
                        value,
                        user)
                .orElseThrow(() -> Problem.of(ErrorCode.NOT_FOUND, "There is no user '" + user + "'"));
    }
}
