package io.algomat.billing;

import io.algomat.platform.Credits;
import org.jspecify.annotations.Nullable;

/** Credit set aside for one running call. Ends in exactly one capture or release. */
public record Hold(HoldRequest request, Credits amount) {
    /** The most that the call can cost, or no more than its caller allows. */
    static Hold of(HoldRequest request, @Nullable Credits allowed) {
        Credits most = Cost.most(request).total();
        return new Hold(request, allowed == null ? most : most.min(allowed));
    }

    /** Whether the call may come to cost more than is set aside: then it fails, and is free. */
    boolean isCut() {
        return amount.compareTo(Cost.most(request).total()) < 0;
    }
}
