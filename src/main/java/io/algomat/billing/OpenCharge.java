package io.algomat.billing;

import io.algomat.platform.Problem;
import java.sql.SQLTimeoutException;
import java.util.concurrent.CompletableFuture;

/** A charge that is still under way though nobody waits for it any longer: it may be made yet. */
final class OpenCharge extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final Problem told;
    private final transient CompletableFuture<Charge> fate;

    /** The writer is at it, or was and its answer is to come. */
    static final class StillOpen extends SQLTimeoutException {
        private static final long serialVersionUID = 1;

        private final transient CompletableFuture<Charge> fate;

        StillOpen(CompletableFuture<Charge> fate) {
            super("The charge was not confirmed in time", "57014");
            this.fate = fate;
        }
    }

    OpenCharge(Problem told, StillOpen open) {
        super(told);
        this.told = told;
        this.fate = open.fate;
    }

    /** What its caller is told. */
    Problem told() {
        return told;
    }

    /** When it was made or refused, or nobody knows more of it than the ledger does. */
    void whenOver(Runnable then) {
        fate.whenComplete((_, _) -> then.run());
    }
}
