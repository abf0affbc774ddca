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

/**
 * What the callers of some charges have left, charge after charge, while the accounts are locked. Promo credit is spent
 * first.
 */
final class Payers {
    private static final String LOCK = "SELECT id, balance FROM lock_accounts(?)";

    private final Map<Long, Credits> balances = new HashMap<>();

    /** Locks all accounts of callers and publishers, in the order of their ids. */
    Payers(Connection connection, Collection<Accounts.Of> callers, Collection<Accounts.Of> publishers)
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
    }

    /**
     * Takes a root call's charges from its caller's credit.
     *
     * @throws io.algomat.platform.Problem payment-required, when it is not enough; nothing is taken then
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
        balances.put(caller.id(AccountKind.PROMO), promo.minus(part));
        balances.put(caller.id(AccountKind.FUNDED), funded.minus(rest));
        return Split.of(dues, part);
    }
}
