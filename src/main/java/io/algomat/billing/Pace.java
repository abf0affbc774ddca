package io.algomat.billing;

import java.time.Duration;

/**
 * How many charged calls are under way, as those that end tell it: how long they took together, by how long it was in which
 * they ended. From this follows how many charges are worth waiting for. For the writer's thread alone.
 */
final class Pace {
    /** No charge waits longer to be grouped than this, nor than half as long as calls take. */
    static final Duration MOST = Duration.ofMillis(25);

    /** Fewer than this are not worth waiting for: the transaction for them is quick, and their callers are waiting. */
    private static final int WORTH = 12;

    /** A call that takes long does not tell that another ends soon. */
    private static final double LONGEST_NANOS = 2.0 * MOST.toNanos();

    /** What was longer ago than this hardly counts. */
    private static final double MEMORY_NANOS = Duration.ofMillis(200).toNanos();

    private double took;
    private double calls;
    private double passed;
    private long lastNanos;

    Pace(long nowNanos) {
        lastNanos = nowNanos;
    }

    /** Time has gone by. */
    void now(long nanos) {
        double since = nanos - lastNanos;
        double kept = Math.exp(-since / MEMORY_NANOS);
        took *= kept;
        calls *= kept;
        passed = passed * kept + MEMORY_NANOS * (1 - kept);
        lastNanos = nanos;
    }

    /** A call has ended now. */
    void ended(long tookNanos) {
        took += Math.clamp(tookNanos, 0, LONGEST_NANOS);
        calls++;
    }

    /** As many charges as one transaction should have: half of what is under way, or one where that is not much. */
    int enough() {
        double half = passed == 0 ? 0 : took / passed / 2;
        return half < WORTH ? 1 : (int) half;
    }

    /** How long the first of them waits for the others. */
    Duration patience() {
        return calls == 0 ? Duration.ZERO : Duration.ofNanos((long) Math.min(MOST.toNanos(), took / calls / 2));
    }
}
