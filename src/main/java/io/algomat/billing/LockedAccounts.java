package io.algomat.billing;

import io.algomat.platform.Credits;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What may be taken from accounts, which stay locked until the transaction ends. All that a posting takes from is locked
 * at once, in the order of the ids, so that two postings never wait for each other in a circle.
 */
final class LockedAccounts {
    private final Map<Long, Credits> balances = new HashMap<>();
    private @Nullable Credits spare;

    LockedAccounts(Connection connection, Long... accounts) throws SQLException {
        Rows.list(
                connection,
                "SELECT id, balance FROM lock_accounts(?)",
                row -> balances.put(row.getLong("id"), Credits.micro(row.getLong("balance"))),
                (Object) accounts);
    }

    /** For who takes from an owner's credit. Both kinds of it are locked, since what is lent is of both together. */
    static LockedAccounts withCredit(Connection connection, long owner, Long... others) throws SQLException {
        Accounts.Of accounts = Accounts.in(connection, owner);
        long promo = accounts.id(AccountKind.PROMO);
        long funded = accounts.id(AccountKind.FUNDED);
        LockedAccounts locked = new LockedAccounts(
                connection,
                Stream.concat(Stream.of(promo, funded), Stream.of(others)).toArray(Long[]::new));
        locked.spare = locked.balance(promo).plus(locked.balance(funded)).minus(LentCredit.of(connection, owner));
        return locked;
    }

    /** What may be taken from one of the owner's accounts of credit: what it has and is not lent to gateways. */
    Credits takeable(long account) {
        Credits most = spare;
        if (most == null) {
            throw new IllegalStateException("Nobody asked what is lent");
        }
        return balance(account).min(most);
    }

    /** What the account has; below zero where it is what its owner owes. */
    Credits balance(long account) {
        Credits has = balances.get(account);
        if (has == null) {
            throw new IllegalStateException("Account " + account + " is not locked");
        }
        return has;
    }
}
