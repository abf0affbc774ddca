package io.algomat.workers;

import static io.algomat.workers.PoolDecision.Kind;

import io.algomat.platform.ErrorCode;
import io.algomat.platform.Problem;
import java.time.Duration;

/** The questions that a call must pass before it may wait in a pool. Guarded by the fleet's lock. */
final class Joining {
    private Joining() {}

    /** @throws Problem if the same input killed two workers of this version lately */
    static void admitInput(Pool pool, WorkerCall call, long now) {
        long nanos = pool.quarantine.remainingNanos(call.input(), now);
        if (nanos > 0) {
            pool.decisions.note(Kind.REFUSED, "an input that killed two workers", now);
            throw Problem.of(
                            ErrorCode.WORKER_LOST,
                            "Two workers of this algorithm died with this very input; it is not tried again for "
                                    + Duration.ofNanos(nanos).toMinutesPart() + " minutes")
                    .retryAfter(Admission.seconds(nanos));
        }
    }

    /** @throws Problem if it could not be run in time, or too much waits already */
    static void admit(Pool pool, WorkerCall call, FleetLimits limits, long now) {
        requireFits(pool.bytes(), limits.largest(Device.CPU), "this machine gives all workers together ");
        if (pool.spec.gpu()) {
            requireFits(pool.gpuBytes(), limits.largest(Device.GPU), "the largest GPU of this machine has ");
        }
        Problem refusal = Admission.refusal(view(pool, call), limits.queue(), call.deadlineNanos() - now);
        if (refusal != null) {
            pool.decisions.note(Kind.REFUSED, refusal.detail(), now);
            throw refusal;
        }
    }

    private static void requireFits(long needed, long most, String who) {
        if (needed > most) {
            throw Problem.of(
                    ErrorCode.OVERLOADED,
                    "This algorithm needs " + (needed >> 20) + " MB, and " + who + (most >> 20) + " MB");
        }
    }

    private static Admission.View view(Pool pool, WorkerCall call) {
        long caller = call.callerId();
        int own = pool.queue.size(caller);
        int others = pool.queue.callerCount() - (own > 0 ? 1 : 0);
        int slots = 0;
        for (Slot slot : pool.slots) {
            if (slot.state != Slot.State.STOPPING && !slot.retired && slot.serves(caller)) {
                slots++;
            }
        }
        // A caller with workers of its own waits behind its own calls alone.
        int ahead = pool.bound() && slots > 0 ? own : pool.queue.ahead(caller);
        long cold = pool.live() == 0 ? pool.coldNanos() : 0;
        return new Admission.View(pool.queue.size(), own, others, ahead, Math.max(1, slots), pool.nanosPerCall(), cold);
    }
}
