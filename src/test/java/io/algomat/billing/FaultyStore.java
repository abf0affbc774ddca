package io.algomat.billing;

import io.algomat.platform.Credits;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;

/** A ledger in memory where everybody is rich, that fails when it is told to and stands still while it is told to. */
final class FaultyStore implements LedgerStore {
    /** Thrown by the next transactions as they begin, one each. */
    final Queue<Exception> failures = new ArrayDeque<>();
    /** The root calls of each transaction that was committed. */
    final List<List<UUID>> committed = new ArrayList<>();

    /** A transaction has begun. */
    final CountDownLatch reached = new CountDownLatch(1);

    /** None goes on before it is open. */
    CountDownLatch gate = new CountDownLatch(0);

    static SQLException connectionLost() {
        return new SQLException("lost", "08006");
    }

    @Override
    public Accounts.Of accounts(long owner) {
        Map<AccountKind, Long> ids = new EnumMap<>(AccountKind.class);
        for (AccountKind kind : AccountKind.values()) {
            ids.put(kind, owner * 100 + kind.ordinal());
        }
        return new Accounts.Of(ids);
    }

    @Override
    public synchronized Optional<Charge> find(HoldRequest request) {
        return Optional.empty();
    }

    @Override
    public Session begin() throws SQLException {
        reached.countDown();
        try {
            gate.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        Exception failure;
        synchronized (this) {
            failure = failures.poll();
        }
        switch (failure) {
            case null -> {}
            case SQLException e -> throw e;
            case RuntimeException e -> throw e;
            default -> throw new IllegalStateException(failure);
        }
        return new Session() {
            @Override
            public Locked lock(List<Long> accounts, List<Loan> loans) {
                Map<Long, Credits> balances = new HashMap<>();
                accounts.forEach(account -> balances.put(account, Credits.of(1_000_000)));
                Map<Loan, Credits> unspent = new HashMap<>();
                loans.forEach(loan -> unspent.put(loan, Credits.of(1_000_000)));
                return new Locked(balances, unspent);
            }

            @Override
            public void commit(List<Paid> charges, Posting.Legs legs) {
                synchronized (FaultyStore.this) {
                    committed.add(
                            charges.stream().map(paid -> paid.charge().callId()).toList());
                }
            }

            @Override
            public void close() {}
        };
    }
}
