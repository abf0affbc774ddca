package io.algomat.billing;

import io.algomat.platform.Credits;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What this gateway knows of one limit: what was used in the period by the database's count, and what running calls may
 * use yet. As with a purse, the count is read only while none of its charges is on its way.
 */
final class LimitMeter {
    /** What was used in a period. */
    record Used(Credits spent, long calls) {}

    private final Function<LocalDate, Used> count;
    private final Clock clock;
    /** Charges share it, a reading has it alone. Fair, else a reading would never come between many charges. */
    private final ReentrantReadWriteLock turn = new ReentrantReadWriteLock(true);

    private volatile SpendLimit limit;
    private LocalDate start = LocalDate.MIN;
    private @Nullable Used used;
    private Credits held = Credits.ZERO;
    private long running;

    /** @param count reads what was used in the period that begins on a day */
    LimitMeter(SpendLimit limit, Function<LocalDate, Used> count, Clock clock) {
        this.limit = limit;
        this.count = count;
        this.clock = clock;
    }

    SpendLimit limit() {
        return limit;
    }

    /** The same limit may have been raised or lowered. */
    void now(SpendLimit changed) {
        limit = changed;
    }

    /**
     * Sets aside what a call may use.
     *
     * @param calls 1 for a root call, 0 for more credit for one that runs
     * @throws io.algomat.platform.Problem spend-limit or call-limit
     */
    void hold(Credits amount, long calls) {
        if (!take(amount, calls)) {
            read();
            if (!take(amount, calls)) {
                throw refusal(amount);
            }
        }
    }

    synchronized void release(Credits amount, long calls) {
        held = held.minus(amount);
        running -= calls;
    }

    /** To be called before a charge is committed; {@link #settled} or {@link #failed} comes after it. */
    void charging() {
        turn.readLock().lock();
    }

    void settled(Credits amount, Credits spent) {
        synchronized (this) {
            release(amount, 1);
            if (used != null) {
                used = new Used(used.spent().plus(spent), used.calls() + 1);
            }
        }
        turn.readLock().unlock();
    }

    void failed(Credits amount) {
        synchronized (this) {
            release(amount, 1);
            used = null;
        }
        turn.readLock().unlock();
    }

    private synchronized boolean take(Credits amount, long calls) {
        Used known = used;
        if (known == null || !start.equals(limit.period().start(clock.instant()))) {
            return false;
        }
        Credits most = limit.maxSpend();
        Long mostCalls = limit.maxCalls();
        boolean enough = (most == null
                        || amount.isZero()
                        || known.spent().plus(held).plus(amount).compareTo(most) <= 0)
                && (mostCalls == null || calls == 0 || known.calls() + running + calls <= mostCalls);
        if (enough) {
            held = held.plus(amount);
            running += calls;
        }
        return enough;
    }

    private void read() {
        turn.writeLock().lock();
        try {
            LocalDate now = limit.period().start(clock.instant());
            Used fresh = count.apply(now);
            synchronized (this) {
                start = now;
                used = fresh;
            }
        } finally {
            turn.writeLock().unlock();
        }
    }

    private synchronized RuntimeException refusal(Credits amount) {
        Used known = used == null ? new Used(Credits.ZERO, 0) : used;
        Instant now = clock.instant();
        Credits most = limit.maxSpend();
        return most != null && known.spent().plus(held).plus(amount).compareTo(most) > 0
                ? LimitReached.spend(limit, amount, known.spent(), held, now)
                : LimitReached.calls(limit, known.calls(), running, now);
    }
}
