package io.algomat.workers;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * When a version's workers may be started again. Only two deaths count: before the worker was ready, and with a call that
 * had killed another worker already. The pauses between starts are Fibonacci's, from none; five deaths within a minute make
 * it a loop: no start for half a minute, then one as a probe, and twice the pause each time that it dies too.
 */
final class CrashLoop {
    enum State {
        STEADY,
        BACKING_OFF,
        LOOPING,
        /** One worker is being tried. */
        PROBING
    }

    private static final long SECOND = 1_000_000_000L;
    private static final long WINDOW = 60 * SECOND;
    private static final int DEATHS = 5;
    private static final long[] PAUSES = {0, 1, 1, 2, 3, 5, 8, 13};
    private static final long FIRST_REST = 30 * SECOND;
    private static final long MOST_REST = 300 * SECOND;

    private final Deque<Long> deaths = new ArrayDeque<>();
    private long notBefore;
    private long rest = FIRST_REST;
    private boolean looping;
    private boolean probing;
    private @Nullable StartFailed cause;

    void died(StartFailed failure, long now) {
        cause = failure;
        while (!deaths.isEmpty() && now - deaths.getFirst() > WINDOW) {
            deaths.removeFirst();
        }
        deaths.addLast(now);
        if (looping) {
            rest = probing ? Math.min(MOST_REST, 2 * rest) : rest;
            notBefore = now + rest;
        } else if (deaths.size() >= DEATHS) {
            looping = true;
            rest = FIRST_REST;
            notBefore = now + rest;
        } else {
            notBefore = now + PAUSES[Math.min(deaths.size(), PAUSES.length) - 1] * SECOND;
        }
        probing = false;
    }

    /** A start begins; in a loop it is the probe, and none other may start beside it. */
    void starting() {
        probing = looping;
    }

    /** A worker is ready: starting works again. */
    void ready() {
        looping = false;
        probing = false;
        rest = FIRST_REST;
    }

    /** A call ended well: what died before says nothing any more. */
    void served() {
        if (cause != null) {
            ready();
            deaths.clear();
            cause = null;
        }
    }

    boolean mayStart(long now) {
        return cause == null || !probing && now - notBefore >= 0;
    }

    State state(long now) {
        if (probing) {
            return State.PROBING;
        }
        if (looping) {
            return State.LOOPING;
        }
        return mayStart(now) ? State.STEADY : State.BACKING_OFF;
    }

    /** Why calls are not held just now; null when they may wait for a start. */
    @Nullable
    StartFailed refusal(long now) {
        StartFailed last = cause;
        if (last == null || probing || mayStart(now)) {
            return null;
        }
        // What an algorithm says of itself when it loads will be the same in a second; a death may have been chance.
        return looping || last.algorithmAtFault() ? last : null;
    }

    /** How long until a start is tried again. */
    long waitNanos(long now) {
        return cause == null ? 0 : Math.max(0, notBefore - now);
    }
}
