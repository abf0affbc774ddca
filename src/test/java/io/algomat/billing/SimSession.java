package io.algomat.billing;

import io.algomat.platform.Credits;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A gateway's connection to the simulated ledger. */
final class SimSession implements LedgerStore.Session {
    /** As lock_accounts sets it. */
    private static final Duration IDLE_IN_TRANSACTION = Duration.ofSeconds(10);

    /** The ledger as one gateway reaches it. */
    record Store(SimLedger ledger, SimTime time, SimWire wire, boolean inOrder) implements LedgerStore {
        @Override
        public Accounts.Of accounts(long owner) {
            return ledger.accounts.get(owner);
        }

        @Override
        public Optional<Charge> find(HoldRequest request) throws SQLException {
            SimWire.Fate fate = wire.send();
            List<SimLedger.Row> rows = ledger.charges.stream()
                    .filter(row -> row.call().equals(request.callId()) || isBelow(row, request))
                    .toList();
            wire.answer(fate);
            return rows.isEmpty()
                    ? Optional.empty()
                    : Optional.of(Charge.of(
                            rows.stream().map(SimLedger.Row::due).toList(),
                            new Split(rows.stream().map(SimLedger.Row::promo).toList())));
        }

        private static boolean isBelow(SimLedger.Row row, HoldRequest root) {
            HoldRequest.Nesting nesting = row.due().request().nesting();
            return nesting != null && nesting.rootCallId().equals(root.callId());
        }

        @Override
        public LedgerStore.Session begin() {
            return new SimSession(this);
        }
    }

    private final Store store;
    private final SimLedger ledger;
    private final SimLocks.Holder holder = new SimLocks.Holder();
    private final List<SimLedger.Row> rows = new ArrayList<>();
    private Posting.Legs legs = new Posting.Legs();
    private boolean open = true;
    private long usedAt;

    private SimSession(Store store) {
        this.store = store;
        this.ledger = store.ledger;
    }

    @Override
    public LedgerStore.Locked lock(List<Long> accounts, List<Loan> loans) throws SQLException {
        Map<Long, Credits> balances = lockAccounts(accounts);
        return new LedgerStore.Locked(balances, loans.isEmpty() ? Map.of() : lockLeases(loans));
    }

    private Map<Long, Credits> lockAccounts(List<Long> accounts) throws SQLException {
        arrive();
        for (Long account : store.inOrder ? accounts : accounts.reversed()) {
            ledger.locks.lock(holder, account);
            // The next row is not locked in the same instant.
            store.wire.server.pause(store.time.upTo(Duration.ofNanos(200_000)));
        }
        endWhenIdle();
        Map<Long, Credits> balances = new HashMap<>();
        accounts.forEach(account -> balances.put(account, Credits.micro(ledger.balances.get(account))));
        answered();
        return balances;
    }

    private Map<Loan, Credits> lockLeases(List<Loan> loans) throws SQLException {
        arrive();
        Map<Loan, Credits> unspent = new HashMap<>();
        for (Loan loan : loans) {
            ledger.locks.lock(holder, ledger.leaseLock(loan.claim(), loan.owner()));
            if (ledger.alive(loan.claim())) {
                unspent.put(loan, ledger.lease(loan.claim(), loan.owner()).unspent());
            }
        }
        answered();
        return unspent;
    }

    /** As if it took two messages, so that more can happen in between. */
    @Override
    public void commit(List<Paid> charges, Posting.Legs moved) throws SQLException {
        write(charges, moved);
        commit();
    }

    private void write(List<Paid> charges, Posting.Legs moved) throws SQLException {
        arrive();
        for (Paid paid : charges) {
            for (int i = 0; i < paid.dues().size(); i++) {
                rows.add(new SimLedger.Row(
                        paid.dues().get(i), paid.split().promo().get(i)));
            }
        }
        legs = moved;
        ledger.refuse(rows, legs);
        answered();
    }

    private void commit() throws SQLException {
        SimWire.Fate fate = store.wire.send();
        alive();
        if (fate == SimWire.Fate.GHOST) {
            open = false;
            boolean carriedOut = store.wire.isCarriedOut();
            store.wire.later(() -> end(carriedOut));
        } else {
            end(true);
        }
        store.wire.answer(fate);
    }

    @Override
    public void close() {
        if (open) {
            end(false);
        }
    }

    private void arrive() throws SQLException {
        SimWire.Fate fate = store.wire.send();
        alive();
        if (fate != SimWire.Fate.ARRIVES) {
            end(false);
            throw SimWire.lost();
        }
        usedAt = Long.MAX_VALUE;
    }

    private void alive() throws SQLException {
        if (!open) {
            throw SimWire.lost();
        }
    }

    private void answered() throws SQLException {
        usedAt = store.time.now();
        store.wire.answer(SimWire.Fate.ARRIVES);
    }

    /** The server ends the session of a gateway that locked accounts and fell silent. */
    private void endWhenIdle() {
        store.time.at(store.time.now() + IDLE_IN_TRANSACTION.toNanos() + 1, () -> {
            if (open && store.time.now() - usedAt >= IDLE_IN_TRANSACTION.toNanos()) {
                end(false);
            }
        });
    }

    private void end(boolean committed) {
        open = false;
        if (committed) {
            ledger.apply(rows, legs);
        }
        ledger.locks.release(holder);
    }
}
