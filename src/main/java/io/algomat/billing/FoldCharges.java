package io.algomat.billing;

import io.algomat.platform.Sql;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Moves what charges added up to since the last time into the roll-ups (V0130). Reports are exact without it, but the
 * more is left to add up while somebody waits, the slower they are.
 */
@ApplicationScoped
public class FoldCharges {
    private final Sql sql;

    FoldCharges(Sql sql) {
        this.sql = sql;
    }

    @Scheduled(every = "15s", delayed = "5s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    public void fold() {
        sql.count("SELECT fold_charges()");
    }
}
