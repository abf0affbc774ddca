package io.algomat.calls;

import io.algomat.billing.Charge;
import io.algomat.billing.Hold;
import io.algomat.catalog.CallableVersion;
import io.algomat.catalog.Raise;
import io.algomat.workers.WorkerOutcome;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A call that was let in and has its credit set aside.
 *
 * @param startedNanos by {@link System#nanoTime()}, as is the deadline
 */
record Running(
        Call call,
        CallableVersion version,
        Hold hold,
        Allowance allowance,
        RootCall root,
        CallTrace trace,
        long startedNanos,
        long deadlineNanos) {
    UUID callId() {
        return hold.request().callId();
    }

    CallResult ended(WorkerOutcome outcome, @Nullable Charge charge, @Nullable Raise raise, long totalNanos) {
        return new CallResult(callId(), version, outcome, charge, allowance, false, raise, totalNanos);
    }

    long elapsedNanos() {
        return System.nanoTime() - startedNanos;
    }
}
