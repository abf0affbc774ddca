package io.algomat.catalog;

import io.algomat.accounts.Audit;
import io.algomat.accounts.Caller;
import io.algomat.platform.ErrorCode;
import io.algomat.platform.Problem;
import io.algomat.platform.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

/** The administrator's last word: an algorithm that is taken down is gone for all but its owner, who reads the reason. */
@ApplicationScoped
public class TakeDownAlgorithm {
    private static final int LONGEST_REASON = 500;

    private final Sql sql;
    private final OwnAlgorithm algorithms;
    private final Audit audit;

    public TakeDownAlgorithm(Sql sql, OwnAlgorithm algorithms, Audit audit) {
        this.sql = sql;
        this.algorithms = algorithms;
        this.audit = audit;
    }

    /** @throws Problem not-found, invalid without a reason, or conflict when it is down already */
    @Transactional
    public void takeDown(String owner, String name, String reason, Caller administrator) {
        requireReason(reason, administrator);
        OwnAlgorithm.Found algorithm = algorithms.any(owner, name);
        int changed = sql.update(
                "UPDATE algorithm SET taken_down_at = now(), take_down_reason = ? WHERE id = ? AND taken_down_at IS NULL",
                reason.strip(),
                algorithm.id());
        finish(algorithm, changed, "algorithm.take-down", reason, administrator);
    }

    /** @throws Problem not-found, invalid without a reason, or conflict when it is not down */
    @Transactional
    public void restore(String owner, String name, String reason, Caller administrator) {
        requireReason(reason, administrator);
        OwnAlgorithm.Found algorithm = algorithms.any(owner, name);
        int changed = sql.update(
                "UPDATE algorithm SET taken_down_at = NULL, take_down_reason = NULL WHERE id = ? AND taken_down_at IS NOT NULL",
                algorithm.id());
        finish(algorithm, changed, "algorithm.restore", reason, administrator);
    }

    private static void requireReason(String reason, Caller administrator) {
        if (!administrator.administrator()) {
            throw Problem.of(ErrorCode.NOT_FOUND, "There is nothing here");
        }
        if (reason.isBlank() || reason.length() > LONGEST_REASON) {
            throw Problem.invalid(
                    "reason",
                    "Give a reason of at most " + LONGEST_REASON + " characters; it is kept in the audit log");
        }
    }

    private void finish(OwnAlgorithm.Found algorithm, int changed, String act, String reason, Caller administrator) {
        if (changed == 0) {
            throw Problem.of(ErrorCode.CONFLICT, "Somebody else has just done that.");
        }
        boolean down = act.equals("algorithm.take-down");
        audit.record(
                administrator,
                act,
                "algorithm:" + algorithm.owner() + "/" + algorithm.name(),
                reason.strip(),
                new Audit.Change(down ? "up" : "down", down ? "down" : "up"));
        algorithms.changed(algorithm);
    }
}
