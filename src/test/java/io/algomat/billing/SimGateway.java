package io.algomat.billing;

import io.algomat.platform.Credits;
import io.algomat.platform.ErrorCode;
import io.algomat.platform.Problem;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** One gateway of a simulation: the real billing over a simulated database. Its heart beats as {@link Gateway} does. */
final class SimGateway implements Claims, Leases {
    private static final BillingConfig PATIENCE =
            new FixedBillingConfig(Duration.ofSeconds(30), Duration.ofMillis(100), Duration.ofDays(1));

    private static final MeterRegistry METERS = new SimpleMeterRegistry();

    final SimTime.Lane lane;
    final SimWire wire;
    final Purses purses;
    final GatewayBilling billing;
    final GroupCommit group;
    private final long id;
    private final SimTime time;
    private final SimLedger ledger;
    private final Consumer<Long> wanted;
    private Claim claim;

    /** @param wanted is told when this gateway is short of an owner's credit that others have */
    SimGateway(long id, SimTime time, SimTime.Lane server, SimLedger ledger, boolean inOrder, Consumer<Long> wanted) {
        this.id = id;
        this.time = time;
        this.ledger = ledger;
        this.wanted = wanted;
        this.lane = time.new Lane();
        this.wire = new SimWire(time, lane, server);
        this.purses = new Purses(this, this, lane);
        CommitCharge charges = new CommitCharge(new SimSession.Store(ledger, time, wire, inOrder));
        DeadLetters letters = new DeadLetters(null, METERS) {
            @Override
            void keep(List<Due> dues, SQLException why) {
                ledger.broken.add("a dead letter: " + why.getMessage());
            }
        };
        this.group = new GroupCommit(charges, letters, METERS, lane, lane);
        SpendGuard unlimited = new SpendGuard(null, null) {
            @Override
            LimitHold hold(HoldRequest request, Credits amount) {
                return LimitHold.NONE;
            }
        };
        this.billing = new GatewayBilling(
                purses, charges, group, new FreeCalls(charges, METERS, lane, lane), unlimited, PATIENCE, lane);
    }

    @Override
    public Claim claim() {
        if (claim == null) {
            claim = ledger.register(id, time.now());
        }
        return claim;
    }

    @Override
    public boolean is(Claim one) {
        return one.equals(claim);
    }

    @Override
    public void lost(Claim over) {
        if (over.equals(claim)) {
            claim = null;
        }
    }

    void beat() {
        try {
            wire.answer(wire.send());
            if (claim != null && !ledger.beat(claim, time.now())) {
                lost(claim);
            }
            for (long dead : ledger.silent(time.now() - Gateway.SILENCE.toNanos())) {
                reap(dead);
            }
        } catch (SQLException e) {
            // The next beat is soon.
        }
    }

    /** In its own transaction on the server, whatever becomes of this gateway. */
    private void reap(long dead) {
        wire.server.start("reaper", () -> {
            SimLocks.Holder holder = new SimLocks.Holder();
            try {
                for (Object lease : ledger.leasesOf(dead)) {
                    ledger.locks.lock(holder, lease);
                }
                if (ledger.silent(time.now() - Gateway.SILENCE.toNanos()).contains(dead)) {
                    ledger.endEpoch(dead);
                }
            } catch (SQLException e) {
                ledger.broken.add("a reaper was in the way: " + e.getMessage());
            } finally {
                ledger.locks.release(holder);
            }
        });
    }

    private interface Statement<T> {
        T run();
    }

    /** One statement in a transaction of its own, which takes these locks. */
    private <T> T ask(Claim under, List<?> rows, Statement<T> statement) {
        try {
            SimWire.Fate fate = wire.send();
            if (fate == SimWire.Fate.GHOST) {
                wire.later(() -> carryOut(under, rows, statement));
                throw SimWire.lost();
            }
            Answer<T> answer = carryOut(under, rows, statement);
            wire.answer(fate);
            if (!answer.alive) {
                lost(under);
                throw LeaseRows.over();
            }
            return answer.value;
        } catch (SQLException e) {
            throw Problem.of(ErrorCode.DATABASE_AWAY, "away");
        }
    }

    private record Answer<T>(boolean alive, T value) {}

    private <T> Answer<T> carryOut(Claim under, List<?> rows, Statement<T> statement) {
        SimLocks.Holder holder = new SimLocks.Holder();
        try {
            for (Object row : rows) {
                ledger.locks.lock(holder, row);
            }
            boolean alive = ledger.alive(under);
            return new Answer<>(alive, alive ? statement.run() : null);
        } catch (SQLException e) {
            ledger.broken.add(e.getMessage());
            return new Answer<>(false, null);
        } finally {
            ledger.locks.release(holder);
        }
    }

    @Override
    public Lent lend(Claim under, long owner, long version, Credits missing, Credits hold, Credits comfort) {
        Lent lent = ask(
                under,
                ledger.spendableAccounts(owner),
                () -> ledger.lend(under, owner, version, missing.micro(), hold.micro(), comfort.micro()));
        if (!lent.elsewhere().isZero() && lent.available().compareTo(missing) < 0) {
            wanted.accept(owner);
        }
        return lent;
    }

    @Override
    public Lease renew(Claim under, long owner) {
        return ask(under, List.of(ledger.leaseLock(under, owner)), () -> ledger.renew(under, owner));
    }

    @Override
    public boolean giveBack(Claim under, long owner, long version, Credits amount) {
        return ask(
                under,
                List.of(ledger.leaseLock(under, owner)),
                () -> ledger.giveBack(under, owner, version, amount.micro()));
    }

    @Override
    public Credits spendable(long owner) {
        return Credits.micro(ledger.spendable(owner));
    }
}
