package io.algomat.billing;

import io.algomat.platform.Credits;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What this gateway knows of one account's credit: the balance in the ledger and how much of it running calls hold.
 *
 * <p>A charge changes the ledger first and the purse a moment later; a balance read in between would count it twice. So
 * the ledger is read only while no charge is on its way; charges go side by side.
 */
final class Purse {
    private final Supplier<Credits> ledger;
    /** Charges share it, a reading has it alone. Fair, else a reading would never come between many charges. */
    private final ReentrantReadWriteLock ledgerTurn = new ReentrantReadWriteLock(true);

    private @Nullable Credits balance;
    private Credits held = Credits.ZERO;

    /** @param ledger reads the account's spendable balance from the database */
    Purse(Supplier<Credits> ledger) {
        this.ledger = ledger;
    }

    /** Sets credit aside if there is enough. A refusal is checked against the ledger, where credit may have come in. */
    boolean hold(Credits amount) {
        if (take(amount)) {
            return true;
        }
        read();
        return take(amount);
    }

    synchronized void release(Credits amount) {
        held = held.minus(amount);
    }

    /** Commits a charge against a hold. When that fails the hold is freed, and the balance is read anew before it is used. */
    Charge charge(Credits amount, Supplier<Charge> commit) {
        ledgerTurn.readLock().lock();
        try {
            Charge charge = commit.get();
            settle(amount, charge.whole());
            return charge;
        } catch (RuntimeException e) {
            forget();
            release(amount);
            throw e;
        } finally {
            ledgerTurn.readLock().unlock();
        }
    }

    Credits available() {
        Credits known = free();
        return known != null ? known : read();
    }

    /** Something else than a charge of this gateway changed the ledger. */
    synchronized void forget() {
        balance = null;
    }

    private synchronized boolean take(Credits amount) {
        Credits free = free();
        if (free == null || free.compareTo(amount) < 0) {
            return false;
        }
        held = held.plus(amount);
        return true;
    }

    private synchronized @Nullable Credits free() {
        return balance == null ? null : balance.minus(held);
    }

    private synchronized void settle(Credits amount, Credits spent) {
        held = held.minus(amount);
        if (balance != null) {
            balance = balance.minus(spent);
        }
    }

    private Credits read() {
        ledgerTurn.writeLock().lock();
        try {
            Credits now = ledger.get();
            synchronized (this) {
                balance = now;
                return now.minus(held);
            }
        } finally {
            ledgerTurn.writeLock().unlock();
        }
    }
}
