package io.algomat.billing;

import io.algomat.platform.Credits;
import io.algomat.platform.ErrorCode;
import io.algomat.platform.Price;
import io.algomat.platform.Problem;
import io.algomat.platform.UnitPrice;
import io.algomat.platform.Units;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Two gateways, some owners who call each other's algorithms, and a database that is slow and at times not there, all drawn
 * from one seed; then what the callers were told is held against the ledger.
 */
final class LedgerSim {
    private static final int OWNERS = 3;
    private static final int CALLERS = 3;
    private static final int CALLS = 3;
    private static final int TAKE_BPS = 1500;
    /** Seeds below it have no prices by the unit, so that those that are tests of their own keep their course. */
    private static final long FIRST_WITH_UNITS = 1_000;

    /** A bug that is put in on purpose. */
    enum Planted {
        NONE,
        /** The table takes a call's charge twice. */
        DROPPED_DEDUPE,
        /** One of the gateways locks accounts in the wrong order. */
        WRONG_LOCK_ORDER,
        /** A call is answered as failed and free, and captured all the same. */
        LATE_CAPTURE
    }

    /** What a caller was told. */
    private record Told(HoldRequest call, Outcome outcome, Credits cost) {}

    private enum Outcome {
        CHARGED,
        FREE,
        UNKNOWN
    }

    private final SimTime time;
    private final boolean byUnit;
    private final SimLedger ledger;
    private final List<SimGateway> gateways = new ArrayList<>();
    private final List<Told> told = new ArrayList<>();
    private final Planted planted;
    private int running;
    private boolean over;
    private long calls;

    private LedgerSim(long seed, Planted planted) {
        this.time = new SimTime(seed);
        this.byUnit = seed >= FIRST_WITH_UNITS;
        this.planted = planted;
        this.ledger = new SimLedger(
                planted == Planted.DROPPED_DEDUPE ? SimLedger.Missing.ONCE_PER_CALL : SimLedger.Missing.NOTHING);
    }

    /** @return what was broken; nothing, when all is well */
    static List<String> run(long seed, Planted planted) {
        LedgerSim sim = new LedgerSim(seed, planted);
        sim.begin();
        boolean ended = sim.time.runUntil(() -> sim.running == 0);
        if (!ended) {
            return List.of("stuck after " + sim.told.size() + " calls; " + sim.ledger.broken);
        }
        sim.settle();
        sim.compare();
        return sim.ledger.broken.stream().distinct().toList();
    }

    private void begin() {
        for (long owner = 1; owner <= OWNERS; owner++) {
            ledger.owner(owner, credit(8), credit(25));
        }
        SimTime.Lane server = time.new Lane();
        for (int i = 0; i < 2; i++) {
            int other = 1 - i;
            boolean inOrder = planted != Planted.WRONG_LOCK_ORDER || i == 0;
            gateways.add(new SimGateway(i, time, server, ledger, inOrder, owner -> ask(other, owner)));
        }
        for (SimGateway gateway : gateways) {
            gateway.lane.start("heart", () -> heart(gateway));
            for (int i = 0; i < CALLERS; i++) {
                running++;
                gateway.lane.start("caller", () -> calls(gateway));
            }
            if (time.chance(0.2)) {
                time.at(
                        time.upTo(Duration.ofMillis(80)).toNanos(),
                        () -> gateway.lane.freeze(Duration.ofSeconds(5).plus(time.upTo(Duration.ofSeconds(40)))));
            }
        }
    }

    private long credit(int most) {
        return time.chance(0.3) ? 0 : time.random.nextInt(most * 1_000_000);
    }

    /** Which is not always heard. */
    private void ask(int other, long owner) {
        SimGateway asked = gateways.get(other);
        if (time.chance(0.8)) {
            asked.lane.start("wanted", () -> asked.purses.wanted(owner));
        }
    }

    private void heart(SimGateway gateway) {
        while (!over) {
            gateway.beat();
            gateway.purses.giveBackIdle();
            gateway.lane.pause(Duration.ofSeconds(3));
        }
    }

    private void calls(SimGateway gateway) {
        try {
            for (int i = 0; i < CALLS; i++) {
                call(gateway);
                gateway.lane.pause(time.upTo(Duration.ofMillis(30)));
            }
        } catch (RuntimeException e) {
            ledger.broken.add("a call ended with " + e);
        } finally {
            running--;
        }
    }

    private void call(SimGateway gateway) {
        HoldRequest request = request(null, 1 + time.random.nextInt(OWNERS));
        Hold hold;
        try {
            hold = gateway.billing.hold(request);
        } catch (Problem refused) {
            told.add(new Told(request, Outcome.FREE, Credits.ZERO));
            return;
        }
        gateway.lane.pause(time.upTo(Duration.ofMillis(time.chance(0.02) ? 20_000 : 40)));
        if (time.chance(0.3)) {
            nested(gateway, request);
        }
        if (time.chance(0.2)) {
            gateway.billing.release(hold);
            told.add(new Told(request, Outcome.FREE, Credits.ZERO));
            return;
        }
        capture(gateway, hold);
    }

    private void nested(SimGateway gateway, HoldRequest root) {
        HoldRequest request = request(new HoldRequest.Nesting(root.callId(), root.callId()), root.callerId());
        try {
            Hold hold = gateway.billing.hold(request);
            gateway.lane.pause(time.upTo(Duration.ofMillis(20)));
            if (time.chance(0.7)) {
                gateway.billing.settle(hold, used(time.random.nextInt(100)));
            } else {
                gateway.billing.release(hold);
            }
        } catch (Problem refused) {
            // The root goes on without it.
        }
    }

    private void capture(SimGateway gateway, Hold hold) {
        Usage used = used(time.random.nextInt(120));
        if (planted == Planted.LATE_CAPTURE && time.chance(0.1)) {
            told.add(new Told(hold.request(), Outcome.FREE, Credits.ZERO));
            running++;
            gateway.lane.start("late", () -> {
                try {
                    gateway.billing.capture(hold, used);
                } catch (Problem refused) {
                    // Nobody is told.
                } finally {
                    running--;
                }
            });
            return;
        }
        try {
            Charge charge = gateway.billing.capture(hold, used);
            told.add(new Told(hold.request(), Outcome.CHARGED, charge.whole()));
            if (time.chance(0.2) && !charge.whole().isZero()) {
                again(gateway, hold, charge);
            }
        } catch (Problem problem) {
            if (problem.code() == ErrorCode.PAYMENT_REQUIRED) {
                ledger.broken.add("what was held could not be charged: " + problem.detail());
            }
            told.add(new Told(
                    hold.request(),
                    problem.code() == ErrorCode.CHARGE_UNCONFIRMED ? Outcome.UNKNOWN : Outcome.FREE,
                    Credits.ZERO));
        }
    }

    /** The same capture is delivered twice. */
    private void again(SimGateway gateway, Hold hold, Charge first) {
        try {
            if (!gateway.billing.capture(hold, 7).equals(first)) {
                ledger.broken.add("I1: the same capture was answered otherwise");
            }
        } catch (Problem away) {
            // It asks for what was charged, and was not answered.
        }
    }

    /** With units that are often above the most that a price has. */
    private Usage used(long millis) {
        return new Usage(millis, byUnit ? new Units(time.random.nextInt(8_000)) : Units.ZERO);
    }

    private UnitPrice unit() {
        if (!byUnit || time.chance(0.5)) {
            return null;
        }
        return new UnitPrice(
                "pages",
                Credits.micro(1 + time.random.nextInt(500_000)),
                1 + time.random.nextInt(3),
                Units.of(1 + time.random.nextInt(5)));
    }

    private HoldRequest request(HoldRequest.Nesting nesting, long caller) {
        long publisher = 1 + time.random.nextInt(OWNERS);
        Credits royalty = Credits.micro(time.chance(0.1) ? 0 : time.random.nextInt(3_000_000));
        Credits rate = Credits.micro(time.chance(0.3) ? 0 : time.random.nextInt(20_000));
        return new HoldRequest(
                new UUID(7, ++calls),
                caller,
                null,
                publisher,
                -1,
                "demo/echo",
                "1.0.0",
                "cpu",
                new Price(royalty, rate, TAKE_BPS, unit()),
                100,
                publisher == caller,
                nesting);
    }

    /** The network is whole again and everybody is idle: nothing may stay lent. */
    private void settle() {
        gateways.forEach(gateway -> gateway.wire.cuts = false);
        running = gateways.size();
        for (SimGateway gateway : gateways) {
            gateway.lane.start("last", () -> {
                for (int i = 0; i < 3; i++) {
                    gateway.lane.pause(Duration.ofSeconds(25));
                    gateway.purses.giveBackIdle();
                }
                running--;
            });
        }
        if (!time.runUntil(() -> running == 0)) {
            ledger.broken.add("stuck at the end");
        }
        for (long owner = 1; owner <= OWNERS; owner++) {
            if (ledger.lent(owner, -1) != 0) {
                ledger.broken.add("credit is stranded: " + ledger.lent(owner, -1) + " of " + owner);
            }
        }
        over = true;
    }

    private void compare() {
        Map<UUID, Long> charged = new HashMap<>();
        for (SimLedger.Row row : ledger.charges) {
            HoldRequest.Nesting nesting = row.due().request().nesting();
            UUID root = nesting == null ? row.call() : nesting.rootCallId();
            charged.merge(root, row.due().cost().total().micro(), Long::sum);
            if (row.due().cost().total().compareTo(row.due().held()) > 0) {
                ledger.broken.add("I10: a charge is above its hold");
            }
            units(row.due());
        }
        Map<UUID, Long> times =
                ledger.charges.stream().collect(Collectors.groupingBy(SimLedger.Row::call, Collectors.counting()));
        times.forEach((call, count) -> broken(count > 1, "I1: charged " + count + " times"));
        for (Told answer : told) {
            Long total = charged.get(answer.call.callId());
            switch (answer.outcome) {
                case CHARGED ->
                    // What cost nothing is written down at leisure, and may be lost.
                    broken(
                            !answer.cost.isZero() && (total == null || total != answer.cost.micro()),
                            "I1: told " + answer.cost + ", charged " + total);
                case FREE -> broken(total != null && total != 0, "I2: told that it was free, charged " + total);
                case UNKNOWN -> {}
            }
        }
        for (SimLedger.Row root : ledger.charges) {
            broken(
                    root.due().request().nesting() == null
                            && charged.get(root.call()) > root.due().held().micro(),
                    "I10: a root's charges are above its hold");
        }
        sums();
    }

    private void units(Due due) {
        Price price = due.request().price();
        Units units = due.cost().units();
        broken(
                price.unit() == null
                        ? !units.isZero()
                        : units.compareTo(price.unit().most()) > 0,
                "I11: too many units");
        Credits royalty = due.request().royaltyFree() ? Credits.ZERO : price.royalty(units);
        broken(!due.cost().royalty().equals(royalty), "I11: the royalty is not that of its units");
    }

    /** I3, I6 and I7: what the charges say is what the accounts moved. */
    private void sums() {
        Map<Long, Long> expected = new HashMap<>(ledger.given);
        Map<Long, Long> earned = new HashMap<>();
        for (SimLedger.Row row : ledger.charges) {
            Cost cost = row.due().cost();
            Accounts.Of caller = ledger.accounts.get(row.due().request().callerId());
            expected.merge(caller.id(AccountKind.PROMO), -row.promo().micro(), Long::sum);
            expected.merge(
                    caller.id(AccountKind.FUNDED),
                    row.promo().minus(cost.total()).micro(),
                    Long::sum);
            earned.merge(
                    row.due().request().publisherId(), cost.publisherShare().micro(), Long::sum);
            broken(!cost.fee().plus(cost.publisherShare()).plus(cost.compute()).equals(cost.total()), "I11");
        }
        for (long owner = 1; owner <= OWNERS; owner++) {
            Accounts.Of of = ledger.accounts.get(owner);
            for (AccountKind kind : List.of(AccountKind.PROMO, AccountKind.FUNDED)) {
                long id = of.id(kind);
                broken(!ledger.balances.get(id).equals(expected.get(id)), "I7: charges and " + kind + " differ");
                broken(ledger.balances.get(id) != ledger.given.get(id) + ledger.moved(id), "I6: " + kind);
            }
            long got = ledger.balances.get(of.id(AccountKind.EARNINGS))
                    + ledger.balances.get(of.id(AccountKind.EARNINGS_UNFUNDED));
            broken(got != earned.getOrDefault(owner, 0L), "I7: charges and earnings differ");
        }
    }

    private void broken(boolean is, String what) {
        if (is) {
            ledger.broken.add(what);
        }
    }
}
