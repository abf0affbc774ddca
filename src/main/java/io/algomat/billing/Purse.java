package io.algomat.billing;

import io.algomat.billing.Leases.Lent;
import io.algomat.platform.Credits;
import io.algomat.platform.ErrorCode;
import io.algomat.platform.Problem;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What this gateway has of one account's credit: its lease, and how much of that running calls hold. What a call holds is
 * always covered by the lease, so that nobody else can spend it.
 *
 * <p>A charge changes the ledger first and the purse a moment later; a lease read in between would count it twice. So it
 * is read only while no charge is on its way. Charges go side by side, and credit is borrowed beside them.
 */
final class Purse {
    /** How long other gateways have to give back what they do not need before a call is refused. */
    private static final List<Duration> PATIENCE =
            List.of(Duration.ofMillis(20), Duration.ofMillis(60), Duration.ofMillis(120), Duration.ofMillis(300));

    /** How long a call waits for charges on their way before it is told that the database is away. */
    private static final Duration TURN = Duration.ofSeconds(2);

    private final Leases leases;
    private final Claim claim;
    private final long owner;
    private final Watch watch;
    private final Pocket pocket;
    /** Charges share it, a reading has it alone. Fair, else a reading would never come between many charges. */
    private final ReentrantReadWriteLock ledgerTurn = new ReentrantReadWriteLock(true);
    /** One change of the lease at a time. */
    private final ReentrantLock borrowing = new ReentrantLock();

    Purse(Leases leases, Claim claim, long owner, Watch watch) {
        this.leases = leases;
        this.claim = claim;
        this.owner = owner;
        this.watch = watch;
        this.pocket = new Pocket(watch);
    }

    /** Under what is borrowed, and what pays for the calls that hold it. */
    Claim claim() {
        return claim;
    }

    /** Sets credit aside if there is enough, here or to be borrowed. */
    boolean hold(Credits amount) {
        if (amount.isZero() || pocket.take(amount).isZero()) {
            return true;
        }
        for (Duration patience : PATIENCE) {
            if (borrow(amount)) {
                return true;
            }
            if (!pocket.elsewhere()) {
                return false;
            }
            watch.pause(patience);
        }
        return borrow(amount);
    }

    void release(Credits amount) {
        pocket.release(amount);
    }

    /** Commits a charge against a hold. When that fails the hold is freed, and the lease is read anew before it is used. */
    Charge charge(Credits amount, Supplier<Charge> commit) {
        ledgerTurn.readLock().lock();
        try {
            Charge charge = commit.get();
            pocket.settle(amount, charge.whole());
            return charge;
        } catch (OpenCharge e) {
            // It may yet spend the credit, which is therefore held until then.
            pocket.forget();
            e.whenOver(() -> undo(amount));
            throw e.told();
        } catch (RuntimeException e) {
            undo(amount);
            throw e;
        } finally {
            ledgerTurn.readLock().unlock();
        }
    }

    private void undo(Credits held) {
        pocket.forget();
        pocket.release(held);
    }

    /** What a call that was just refused could have had: free here, or to be borrowed. */
    Credits available() {
        return pocket.available();
    }

    /** What the owner has less what calls of this gateway hold. */
    Credits balance() {
        return leases.spendable(owner).minus(pocket.held());
    }

    /** Whether there is something to give back. */
    boolean isIdle() {
        return pocket.isIdle();
    }

    /** Gives back what no call holds. */
    void giveBack() {
        borrowing.lock();
        try {
            long version = know().version();
            Credits surplus = pocket.shrink();
            if (!surplus.isZero() && !inDoubtIfItFails(() -> leases.giveBack(claim, owner, version, surplus))) {
                pocket.forget();
            }
        } finally {
            borrowing.unlock();
        }
    }

    private boolean borrow(Credits amount) {
        long arrived = pocket.asked();
        borrowing.lock();
        try {
            while (true) {
                Lease known = know();
                Credits missing = pocket.take(amount);
                if (missing.isZero()) {
                    return true;
                }
                // Of many that come at once one asks: the answer to a question that is younger than a call is its
                // answer.
                if (pocket.refused(arrived, amount)) {
                    return false;
                }
                Lent lent = inDoubtIfItFails(() -> lend(known.version(), missing, amount));
                if (pocket.take(amount).isZero()) {
                    return true;
                }
                if (lent.version() == known.version() && lent.granted().equals(known.granted())) {
                    return false;
                }
            }
        } finally {
            borrowing.unlock();
        }
    }

    private Lent lend(long version, Credits missing, Credits amount) {
        long question = pocket.ask();
        Lent lent = leases.lend(claim, owner, version, missing, amount, pocket.comfort(amount));
        pocket.answer(question, lent);
        return lent;
    }

    /** Asks for the lease if it is in doubt. */
    private Lease know() {
        Lease known = pocket.lease();
        while (known == null) {
            known = renew();
        }
        return known;
    }

    /** @return null when it is in doubt again already */
    private @Nullable Lease renew() {
        if (!turn()) {
            throw Problem.of(
                            ErrorCode.DATABASE_AWAY,
                            "Charges of this account wait for the database. Nothing was charged; try again.")
                    .retryAfter(TURN);
        }
        try {
            long doubts = pocket.doubts();
            Lease renewed = leases.renew(claim, owner);
            return pocket.know(renewed, doubts) ? renewed : null;
        } finally {
            ledgerTurn.writeLock().unlock();
        }
    }

    private boolean turn() {
        try {
            return watch.acquire(ledgerTurn.writeLock(), TURN);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private <T> T inDoubtIfItFails(Supplier<T> change) {
        try {
            return change.get();
        } catch (RuntimeException e) {
            pocket.forget();
            throw e;
        }
    }
}
