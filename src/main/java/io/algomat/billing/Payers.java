package io.algomat.billing;

import io.algomat.platform.Credits;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What the callers of some charges have left, charge after charge, while the accounts are locked. Promo credit is spent
 * first.
 */
final class Payers {
    private final Map<Long, Credits> balances;
    private final Map<Loan, Credits> unspent;

    /** Locks all accounts of callers and publishers, in the order of their ids, and then the leases that pay. */
    Payers(
            LedgerStore.Session session,
            Collection<Accounts.Of> callers,
            Collection<Accounts.Of> publishers,
            Collection<Loan> loans)
            throws SQLException {
        SortedSet<Long> touched = new TreeSet<>();
        for (Accounts.Of caller : callers) {
            touched.add(caller.id(AccountKind.PROMO));
            touched.add(caller.id(AccountKind.FUNDED));
        }
        for (Accounts.Of publisher : publishers) {
            touched.add(publisher.id(AccountKind.EARNINGS));
            touched.add(publisher.id(AccountKind.EARNINGS_UNFUNDED));
        }
        LedgerStore.Locked locked = session.lock(
                List.copyOf(touched),
                loans.stream().distinct().sorted(Loan.ORDER).toList());
        balances = new HashMap<>(locked.balances());
        unspent = new HashMap<>(locked.unspent());
    }

    /**
     * Takes a root call's charges from its caller's credit.
     *
     * @throws io.algomat.platform.Problem payment-required, when it is not enough, and overloaded, when the lease that was
     *     to pay has ended; nothing is taken then
     */
    Split pay(List<Due> dues, Accounts.Of caller) {
        Credits total = Split.total(dues);
        // First the lease: without it nothing was set aside, whatever the account has left.
        Loan loan = Loan.of(dues);
        Credits lent = loan == null ? total : unspent.get(loan);
        if (lent == null) {
            throw LeaseRows.over();
        }
        Credits promo = balances.getOrDefault(caller.id(AccountKind.PROMO), Credits.ZERO);
        Credits funded = balances.getOrDefault(caller.id(AccountKind.FUNDED), Credits.ZERO);
        Credits part = promo.min(total);
        Credits rest = total.minus(part);
        if (lent.compareTo(total) < 0 || funded.compareTo(rest) < 0) {
            throw Shortage.of(dues.getFirst().held(), lent.min(promo.plus(funded)));
        }
        if (loan != null) {
            unspent.put(loan, lent.minus(total));
        }
        balances.put(caller.id(AccountKind.PROMO), promo.minus(part));
        balances.put(caller.id(AccountKind.FUNDED), funded.minus(rest));
        return Split.of(dues, part);
    }
}
