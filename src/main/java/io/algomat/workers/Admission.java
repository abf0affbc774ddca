package io.algomat.workers;

import io.algomat.platform.ErrorCode;
import io.algomat.platform.Problem;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Whether a call may wait. It is refused when it could not be run in time, or when too much waits already; never because no
 * worker is there yet. Pure.
 */
final class Admission {
    /**
     * @param queue the most calls that wait in one pool
     * @param drainNanos the longest that a call may have to wait, whatever its deadline
     */
    record Limits(int queue, long drainNanos) {}

    /**
     * A pool as a call sees it that finds no idle worker.
     *
     * @param own how many of them are the same caller's
     * @param others how many other callers wait
     * @param ahead how many run before this call, by the fair queue
     * @param slots the workers that it can hope for
     * @param nanosPerCall 0 while that is not known
     * @param coldNanos until the first worker is there; 0 when one is
     */
    record View(int queued, int own, int others, int ahead, int slots, long nanosPerCall, long coldNanos) {}

    private static final long SECOND = 1_000_000_000L;

    private Admission() {}

    /** How long the call is expected to wait: what runs before it, and on average half a call that runs already. */
    static long waitNanos(View view) {
        double running = view.coldNanos() > 0 ? 0 : 0.5;
        return (long) ((view.ahead() + running) * view.nanosPerCall() / Math.max(1, view.slots())) + view.coldNanos();
    }

    /** The places that one caller may fill: an equal part, with one part always kept for somebody new. */
    static int share(int queue, int callers) {
        return Math.max(1, queue / (callers + 1));
    }

    /**
     * @param remainingNanos until the call's deadline
     * @return why it is refused; null when it may wait
     */
    static @Nullable Problem refusal(View view, Limits limits, long remainingNanos) {
        long wait = waitNanos(view);
        int share = share(limits.queue(), view.others() + 1);
        if (view.own() >= share) {
            return Problem.of(
                            ErrorCode.RATE_LIMITED,
                            view.own()
                                    + " of your calls wait for this algorithm already, which is your share of its queue")
                    .retryAfter(seconds(wait));
        }
        if (view.queued() >= limits.queue()) {
            return Problem.of(
                            ErrorCode.OVERLOADED,
                            view.queued() + " calls wait for this algorithm already; no more are held")
                    .retryAfter(seconds(wait));
        }
        // With nobody before it, a call waits for a cold start at most, and that is no reason to refuse it.
        if (view.ahead() > 0 && wait > Math.min(remainingNanos, limits.drainNanos())) {
            return Problem.of(
                            ErrorCode.OVERLOADED,
                            view.ahead() + " calls are to run before this one, which takes about "
                                    + seconds(wait).toSeconds() + " s; that is longer than it may wait")
                    .retryAfter(seconds(wait));
        }
        return null;
    }

    /** Whole seconds, at least one: nobody is told to come back before there is a place. */
    static Duration seconds(long nanos) {
        return Duration.ofSeconds(Math.max(1, Math.ceilDiv(nanos, SECOND)));
    }
}
