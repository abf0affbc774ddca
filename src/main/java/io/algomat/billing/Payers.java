package io.algomat.billing;

import io.algomat.platform.Credits;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * What the callers of some charges have left, charge after charge, while the accounts are locked. Promo credit is spent
 * first.
 */
final class Payers {
    private static final String LOCK = "SELECT id, balance FROM lock_accounts(?)";

    private static final String LOCK_LEASES = "SELECT gateway_id, epoch, owner_id, unspent FROM lock_leases(?, ?, ?)";

    private final Map<Long, Credits> balances = new HashMap<>();
    private final Map<Loan, Credits> unspent = new HashMap<>();

    /** One owner's lease of a gateway. */
    record Loan(Claim claim, long owner) {
        /** Which pays for a root call, if one does: what costs nothing needs none. */
        static @Nullable Loan of(List<Due> dues) {
            Due root = dues.getFirst();
            Claim claim = root.claim();
            return claim == null || Split.total(dues).isZero()
                    ? null
                    : new Loan(claim, root.request().callerId());
        }
    }

    /** Locks all accounts of callers and publishers, in the order of their ids, and then the leases that pay. */
    Payers(
            Connection connection,
            Collection<Accounts.Of> callers,
            Collection<Accounts.Of> publishers,
            Collection<Loan> loans)
            throws SQLException {
        Set<Long> touched = new HashSet<>();
        for (Accounts.Of caller : callers) {
            touched.add(caller.id(AccountKind.PROMO));
            touched.add(caller.id(AccountKind.FUNDED));
        }
        for (Accounts.Of publisher : publishers) {
            touched.add(publisher.id(AccountKind.EARNINGS));
            touched.add(publisher.id(AccountKind.EARNINGS_UNFUNDED));
        }
        Rows.list(
                connection,
                LOCK,
                row -> balances.put(row.getLong("id"), Credits.micro(row.getLong("balance"))),
                (Object) touched.toArray(Long[]::new));
        if (!loans.isEmpty()) {
            lockLeases(connection, Set.copyOf(loans));
        }
    }

    private void lockLeases(Connection connection, Set<Loan> loans) throws SQLException {
        Rows.list(
                connection,
                LOCK_LEASES,
                row -> unspent.put(
                        new Loan(new Claim(row.getLong("gateway_id"), row.getLong("epoch")), row.getLong("owner_id")),
                        Credits.micro(row.getLong("unspent"))),
                numbers(loans, loan -> loan.claim().gateway()),
                numbers(loans, loan -> loan.claim().epoch()),
                numbers(loans, Loan::owner));
    }

    private static Long[] numbers(Set<Loan> loans, ToLongFunction<Loan> number) {
        return loans.stream().mapToLong(number).boxed().toArray(Long[]::new);
    }

    /**
     * Takes a root call's charges from its caller's credit.
     *
     * @throws io.algomat.platform.Problem payment-required, when it is not enough, and overloaded, when the lease that was
     *     to pay has ended; nothing is taken then
     */
    Split pay(List<Due> dues, Accounts.Of caller) {
        Credits promo = balances.getOrDefault(caller.id(AccountKind.PROMO), Credits.ZERO);
        Credits funded = balances.getOrDefault(caller.id(AccountKind.FUNDED), Credits.ZERO);
        Credits total = Split.total(dues);
        Credits part = promo.min(total);
        Credits rest = total.minus(part);
        if (funded.compareTo(rest) < 0) {
            throw Shortage.of(dues.getFirst().held(), promo.plus(funded));
        }
        Loan loan = Loan.of(dues);
        if (loan != null) {
            Credits lent = unspent.get(loan);
            if (lent == null) {
                throw LeaseRows.over();
            }
            if (lent.compareTo(total) < 0) {
                throw Shortage.of(dues.getFirst().held(), lent);
            }
            unspent.put(loan, lent.minus(total));
        }
        balances.put(caller.id(AccountKind.PROMO), promo.minus(part));
        balances.put(caller.id(AccountKind.FUNDED), funded.minus(rest));
        return Split.of(dues, part);
    }
}
