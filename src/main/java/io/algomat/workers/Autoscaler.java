package io.algomat.workers;

/**
 * How many workers a pool should have. Two answers: at once, when a call joins the queue, after OpenWhisk's rule (what one
 * worker gets done in 100 ms against what waits); and every two seconds after Knative's, from the mean number of calls in
 * the pool over 60 s, or over 6 s while that is twice what the workers can take. Pure: clock and counts come from outside.
 */
final class Autoscaler {
    /**
     * A pool at a moment.
     *
     * @param stale how many have waited longer than {@link #staleNanos}
     * @param nanosPerCall what a call costs a worker; 0 while that is not known
     * @param most the workers that it may have
     */
    record View(int queued, int stale, int live, int starting, long nanosPerCall, int most) {}

    static final long PERIOD_NANOS = 2_000_000_000L;
    private static final double STEP_NANOS = 100_000_000;
    private static final int STABLE_SECONDS = 60;
    private static final int PANIC_SECONDS = 6;
    /** How much of a worker's time should be in use. */
    private static final double UTILIZATION = 0.7;

    private static final double PANIC = 2;

    private final Windows calls = new Windows(STABLE_SECONDS);
    private long panicUntil;
    private boolean panics;
    private int panicMost;

    /** A call that waited longer than this shows that the workers there are do not keep up. */
    static long staleNanos(long nanosPerCall) {
        return Math.max((long) STEP_NANOS, 2 * nanosPerCall);
    }

    /** How many workers to start now that a call has joined. */
    static int toStart(View view) {
        int there = view.live() + view.starting();
        if (view.queued() == 0 || there >= view.most()) {
            return 0;
        }
        if (there == 0) {
            return 1;
        }
        int more;
        if (view.nanosPerCall() == 0) {
            more = view.stale() - view.starting();
        } else {
            double perWorker = STEP_NANOS / view.nanosPerCall();
            if (view.stale() > 0) {
                more = (int) Math.ceil(view.stale() / perWorker) - view.starting();
            } else {
                more = view.queued() >= view.live() * perWorker
                        ? (int) Math.ceil(view.queued() / perWorker) - there
                        : 0;
            }
        }
        return Math.clamp(Math.min(more, view.queued()), 0, view.most() - there);
    }

    /** Notes how many calls are in the pool, running or waiting. */
    void sample(int present, long now) {
        calls.sample(present, now);
    }

    /** How many workers the pool should have, by its load of late; at least half of those that it has. */
    int desired(int ready, long now) {
        int stable = (int) Math.ceil(calls.mean(STABLE_SECONDS, now) / UTILIZATION);
        int panic = (int) Math.ceil(calls.mean(PANIC_SECONDS, now) / UTILIZATION);
        if (panic >= PANIC * Math.max(1, ready)) {
            panics = true;
            panicUntil = now + STABLE_SECONDS * 1_000_000_000L;
        } else if (panics && now - panicUntil >= 0) {
            panics = false;
            panicMost = 0;
        }
        if (panics) {
            panicMost = Math.max(panicMost, Math.max(stable, panic));
            return Math.max(panicMost, ready);
        }
        return Math.max(stable, ready / 2);
    }

    boolean panics() {
        return panics;
    }
}
