package io.algomat.billing;

import io.algomat.platform.Credits;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * The tables of the ledger in memory, with the rules that the database keeps: locks of rows until a transaction ends, one
 * charge for each call, floors, leases. What is found broken is kept: a database that refuses would hide it.
 */
final class SimLedger {
    /** One charge as a row has it. */
    record Row(Due due, Credits promo) {
        UUID call() {
            return due.request().callId();
        }
    }

    private record LeaseKey(long gateway, long owner) {}

    private static final class LeaseRow {
        private final long epoch;
        private long granted;
        private long spent;
        private long version;

        LeaseRow(long epoch, long version) {
            this.epoch = epoch;
            this.version = version;
        }
    }

    private static final class GatewayRow {
        private long epoch = 1;
        private long heartbeat;
    }

    /** What a planted fault leaves out. */
    enum Missing {
        NOTHING,
        ONCE_PER_CALL
    }

    final Map<Long, Accounts.Of> accounts = new HashMap<>();
    final Map<Long, Long> balances = new TreeMap<>();
    final Map<Long, Long> given = new TreeMap<>();
    final List<Row> charges = new ArrayList<>();
    final List<String> broken = new ArrayList<>();
    final SimLocks locks = new SimLocks(broken);
    private final Map<Long, Long> moved = new HashMap<>();
    private final Map<LeaseKey, LeaseRow> leases = new LinkedHashMap<>();
    private final Map<Long, GatewayRow> gateways = new TreeMap<>();
    private final Missing missing;
    private long ids;

    SimLedger(Missing missing) {
        this.missing = missing;
        open(Accounts.SITE, AccountKind.SITE_FEE, AccountKind.SITE_COMPUTE);
    }

    void owner(long owner, long promo, long funded) {
        Accounts.Of of =
                open(owner, AccountKind.PROMO, AccountKind.FUNDED, AccountKind.EARNINGS, AccountKind.EARNINGS_UNFUNDED);
        of.ids().values().forEach(id -> balances.put(id, 0L));
        balances.put(of.id(AccountKind.PROMO), promo);
        balances.put(of.id(AccountKind.FUNDED), funded);
        given.putAll(balances);
    }

    private Accounts.Of open(long owner, AccountKind... kinds) {
        Map<AccountKind, Long> opened = new HashMap<>();
        for (AccountKind kind : kinds) {
            opened.put(kind, ++ids);
        }
        Accounts.Of of = new Accounts.Of(Map.copyOf(opened));
        accounts.put(owner, of);
        return of;
    }

    List<Long> spendableAccounts(long owner) {
        Accounts.Of of = accounts.get(owner);
        return List.of(of.id(AccountKind.PROMO), of.id(AccountKind.FUNDED)).stream()
                .sorted()
                .toList();
    }

    long spendable(long owner) {
        return spendableAccounts(owner).stream().mapToLong(balances::get).sum();
    }

    long lent(long owner, long butTo) {
        return leases.entrySet().stream()
                .filter(lease -> lease.getKey().owner == owner && lease.getKey().gateway != butTo)
                .mapToLong(lease -> lease.getValue().granted - lease.getValue().spent)
                .sum();
    }

    Claim register(long gateway, long now) {
        GatewayRow row = gateways.computeIfAbsent(gateway, _ -> new GatewayRow());
        row.heartbeat = now;
        return new Claim(gateway, row.epoch);
    }

    boolean beat(Claim claim, long now) {
        boolean alive = alive(claim);
        if (alive) {
            gateways.get(claim.gateway()).heartbeat = now;
        }
        return alive;
    }

    boolean alive(Claim claim) {
        GatewayRow row = gateways.get(claim.gateway());
        return row != null && row.epoch == claim.epoch();
    }

    List<Long> silent(long since) {
        return gateways.entrySet().stream()
                .filter(row -> row.getValue().heartbeat < since && hasLeases(row.getKey()))
                .map(Map.Entry::getKey)
                .toList();
    }

    private boolean hasLeases(long gateway) {
        return leases.keySet().stream().anyMatch(lease -> lease.gateway == gateway);
    }

    /** Its leases' locks are held. */
    void endEpoch(long gateway) {
        gateways.get(gateway).epoch++;
        leases.keySet().removeIf(lease -> lease.gateway == gateway);
        check();
    }

    List<Object> leasesOf(long gateway) {
        return leases.keySet().stream()
                .filter(lease -> lease.gateway == gateway)
                .map(lease -> (Object) lease)
                .toList();
    }

    Object leaseLock(Claim claim, long owner) {
        return new LeaseKey(claim.gateway(), owner);
    }

    Lease lease(Claim claim, long owner) {
        LeaseRow row = row(claim, owner);
        return row == null ? Lease.NONE : new Lease(Credits.micro(row.granted), Credits.micro(row.spent), row.version);
    }

    /** As lend_credit does it, the locks being held. */
    Leases.Lent lend(Claim claim, long owner, long version, long wanted, long hold, long comfort) {
        long elsewhere = lent(owner, claim.gateway());
        long free = spendable(owner) - lent(owner, -1);
        boolean small = free < 20 * hold;
        long lent = 0;
        if (wanted <= free) {
            LeaseRow row = leases.computeIfAbsent(
                    new LeaseKey(claim.gateway(), owner), _ -> new LeaseRow(claim.epoch(), version));
            if (row.version == version) {
                lent = Math.max(0, Math.max(wanted, small ? 0 : Math.min(comfort, free / 10)));
                row.granted += lent;
                check();
            }
        }
        return new Leases.Lent(
                lease(claim, owner).granted(),
                row(claim, owner) == null ? version : lease(claim, owner).version(),
                Credits.micro(free - lent),
                Credits.micro(elsewhere),
                small);
    }

    boolean giveBack(Claim claim, long owner, long version, long amount) {
        LeaseRow row = row(claim, owner);
        if (row == null || row.version != version) {
            return false;
        }
        row.granted -= amount;
        check();
        return true;
    }

    Lease renew(Claim claim, long owner) {
        leases.computeIfAbsent(new LeaseKey(claim.gateway(), owner), _ -> new LeaseRow(claim.epoch(), 0)).version++;
        return lease(claim, owner);
    }

    private LeaseRow row(Claim claim, long owner) {
        LeaseRow row = leases.get(new LeaseKey(claim.gateway(), owner));
        return row == null || row.epoch != claim.epoch() ? null : row;
    }

    /** What the database refuses when it is written. */
    void refuse(List<Row> rows, Posting.Legs legs) throws SQLException {
        for (Row row : rows) {
            if (missing != Missing.ONCE_PER_CALL && find(row.call()) != null) {
                throw new SQLException("charged before", "23505");
            }
        }
        Long[] ofAccounts = legs.accounts();
        Long[] amounts = legs.amounts();
        for (int i = 0; i < ofAccounts.length; i++) {
            Long balance = balances.get(ofAccounts[i]);
            if (balance != null && balance + amounts[i] < 0) {
                throw new SQLException("below zero", "23514");
            }
        }
        for (Row row : rows) {
            LeaseRow lease = row(row.due.claim(), row.due.request().callerId());
            if (!row.due.cost().total().isZero() && lease == null) {
                throw new SQLException("a lease that has ended", "23514");
            }
        }
    }

    void apply(List<Row> rows, Posting.Legs legs) {
        charges.addAll(rows);
        long sum = 0;
        for (int i = 0; i < legs.accounts().length; i++) {
            long amount = legs.amounts()[i];
            sum += amount;
            moved.merge(legs.accounts()[i], amount, Long::sum);
            balances.computeIfPresent(legs.accounts()[i], (_, balance) -> balance + amount);
        }
        if (sum != 0) {
            broken.add("I5: a posting does not add up to zero");
        }
        for (Row row : rows) {
            LeaseRow lease = row(row.due.claim(), row.due.request().callerId());
            if (lease != null) {
                lease.spent += row.due.cost().total().micro();
            }
        }
        check();
    }

    Row find(UUID call) {
        return charges.stream()
                .filter(row -> row.call().equals(call))
                .findFirst()
                .orElse(null);
    }

    /** In every state that there is: I4. */
    private void check() {
        balances.forEach((id, balance) -> {
            if (balance < 0) {
                broken.add("I4: account " + id + " is below zero");
            }
        });
        leases.forEach((key, lease) -> {
            if (lease.spent < 0 || lease.spent > lease.granted) {
                broken.add("I4: more is spent than was lent");
            }
            if (lent(key.owner, -1) > spendable(key.owner)) {
                broken.add("I4: more is lent than there is");
            }
        });
    }

    long moved(long account) {
        return moved.getOrDefault(account, 0L);
    }
}
