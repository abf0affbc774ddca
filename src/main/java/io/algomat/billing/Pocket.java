package io.algomat.billing;

import io.algomat.billing.Leases.Lent;
import io.algomat.platform.Credits;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The counts of a {@link Purse}: what is borrowed, spent and held. Never waits for anything. */
final class Pocket {
    /** So many calls like the one that asks are worth a transaction. */
    private static final int CALLS_AHEAD = 50;

    private static final Duration IDLE = Duration.ofSeconds(10);

    private final Watch watch;
    /** Null while it is not known, since an answer was lost. */
    private @Nullable Lease lease = Lease.NONE;

    private Credits held = Credits.ZERO;
    private Lent last = new Lent(Credits.ZERO, 0, Credits.ZERO, Credits.ZERO, false);
    private long doubts;
    private long asked;
    private long answered;
    private long heldAt;
    private long paceSince;
    private Credits paceSpent = Credits.ZERO;
    /** What a second of the time before {@link #paceSince} spent. */
    private Credits paceBefore = Credits.ZERO;

    Pocket(Watch watch) {
        this.watch = watch;
        this.heldAt = watch.nanos();
        this.paceSince = heldAt;
    }

    /** @return what is missing to hold so much; nothing when it is held now */
    synchronized Credits take(Credits amount) {
        Credits free = free();
        if (lease == null || free.compareTo(amount) < 0) {
            return amount.minus(free);
        }
        held = held.plus(amount);
        heldAt = watch.nanos();
        return Credits.ZERO;
    }

    synchronized void release(Credits amount) {
        held = held.minus(amount);
    }

    synchronized void settle(Credits amount, Credits spent) {
        held = held.minus(amount);
        paceSpent = paceSpent.plus(spent);
        if (lease != null) {
            lease = lease.spend(spent);
        }
    }

    /** Takes out what no call holds. */
    synchronized Credits shrink() {
        Credits free = free();
        if (lease == null || free.isNegative()) {
            return Credits.ZERO;
        }
        lease = lease.granted(lease.granted().minus(free));
        return free;
    }

    synchronized void forget() {
        lease = null;
        doubts++;
    }

    /** @return how often it was forgotten */
    synchronized long doubts() {
        return doubts;
    }

    /** @return false when it was forgotten again since it was asked for: then it is old already */
    synchronized boolean know(Lease read, long doubtsBefore) {
        if (doubts == doubtsBefore) {
            lease = read;
        }
        return doubts == doubtsBefore;
    }

    synchronized @Nullable Lease lease() {
        return lease;
    }

    /** @return the number of this question */
    synchronized long ask() {
        return ++asked;
    }

    /** @return the number of the last question; an answer to a later one is news */
    synchronized long asked() {
        return asked;
    }

    /** Nothing but lending changes what is granted, once {@link #shrink} is given back. */
    synchronized void answer(long question, Lent lent) {
        answered = question;
        last = lent;
        if (lease != null) {
            if (lease.version() == lent.version()) {
                lease = lease.granted(lent.granted());
            } else {
                forget();
            }
        }
    }

    /** Whether a question later than that number was answered, and by the answer so much is not to be had. */
    synchronized boolean refused(long question, Credits amount) {
        return answered > question && available().compareTo(amount) < 0;
    }

    /** What a call that was just refused could have had: free here, or to be borrowed. */
    synchronized Credits available() {
        return free().plus(last.available());
    }

    /** Whether other gateways had credit of this account, when it was last asked for. */
    synchronized boolean elsewhere() {
        return !last.elsewhere().isZero();
    }

    synchronized Credits held() {
        return held;
    }

    /** Whether there is something to give back: nothing was held for a while, or others may miss it. */
    synchronized boolean isIdle() {
        boolean some = lease == null || !free().isZero();
        return some && (last.small() || watch.nanos() - heldAt > IDLE.toNanos());
    }

    /**
     * What calls of a second spend here, and at least what some calls like this one hold. Until a new second is over, what
     * the last one spent is to be expected again: whoever asked for less would have to ask several times more.
     */
    synchronized Credits comfort(Credits amount) {
        long seconds = TimeUnit.NANOSECONDS.toSeconds(watch.nanos() - paceSince);
        if (seconds > 0) {
            paceBefore = Credits.micro(paceSpent.micro() / seconds);
            paceSince = watch.nanos();
            paceSpent = Credits.ZERO;
        }
        Credits second = paceBefore.compareTo(paceSpent) > 0 ? paceBefore : paceSpent;
        Credits calls = amount.times(CALLS_AHEAD);
        return calls.compareTo(second) > 0 ? calls : second;
    }

    private Credits free() {
        return lease == null ? Credits.ZERO : lease.unspent().minus(held);
    }
}
