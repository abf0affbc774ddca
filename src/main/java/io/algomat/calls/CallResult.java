package io.algomat.calls;

import io.algomat.billing.Charge;
import io.algomat.catalog.CallableVersion;
import io.algomat.catalog.Raise;
import io.algomat.workers.WorkerOutcome;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How a call ended.
 *
 * @param charge null when the call failed or was cancelled: it was free
 * @param allowance what is left of the caller's limits
 * @param repeated whether this is the kept answer of a call that ran before, by its idempotency key
 * @param raise a raise that is announced to callers who, like this one, named no exact version; or null
 * @param totalNanos from the front's handing over to the charge's commit
 */
public record CallResult(
        UUID callId,
        CallableVersion version,
        WorkerOutcome outcome,
        @Nullable Charge charge,
        Allowance allowance,
        boolean repeated,
        @Nullable Raise raise,
        long totalNanos) {}
