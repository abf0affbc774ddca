package io.algomat.billing;

import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One owner's lease of a gateway, as a charge names it. */
record Loan(Claim claim, long owner) {
    /** The order in which leases are locked. */
    static final Comparator<Loan> ORDER = Comparator.comparingLong(Loan::owner)
            .thenComparingLong(loan -> loan.claim().gateway());

    /** Which pays for a root call, if one does: what costs nothing needs none. */
    static @Nullable Loan of(List<Due> dues) {
        Due root = dues.getFirst();
        Claim claim = root.claim();
        return claim == null || Split.total(dues).isZero()
                ? null
                : new Loan(claim, root.request().callerId());
    }
}
