package io.algomat.billing;

import io.algomat.platform.Credits;
import org.jspecify.annotations.Nullable;

/**
 * A charge that is to be committed.
 *
 * @param claim under which the credit was borrowed that pays for it, or null when it is paid from what is not lent
 * @param held what was set aside for it; for a root call all that was set aside for it and for the calls below it
 */
record Due(
        HoldRequest request,
        Credits held,
        Cost cost,
        @Nullable Claim claim) {
    Due(HoldRequest request, Credits held, Cost cost) {
        this(request, held, cost, null);
    }
}
