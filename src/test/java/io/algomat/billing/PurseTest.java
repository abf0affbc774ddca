package io.algomat.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.algomat.platform.Credits;
import io.algomat.platform.ErrorCode;
import io.algomat.platform.Problem;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.Lock;
import org.junit.jupiter.api.Test;

class PurseTest {
    private static final long OWNER = 7;

    private final Bank bank = new Bank(Credits.of(10));
    private final Hands hands = new Hands();
    private final Purse purse = new Purse(bank, new Claim(1, 1), OWNER, hands);

    /** Lends from one balance, as much as is asked for or as the test says. */
    private static final class Bank implements Leases {
        private Credits balance;
        private Lease lease = Lease.NONE;
        private Credits others = Credits.ZERO;
        private Credits ahead = Credits.ZERO;
        private Runnable whileLending = () -> {};
        private Runnable whileReading = () -> {};
        private boolean answersAreLost;
        private int asked;
        private int read;
        private int returned;
        private Credits comfort = Credits.ZERO;

        Bank(Credits balance) {
            this.balance = balance;
        }

        private Credits available() {
            return balance.minus(lease.unspent()).minus(others);
        }

        @Override
        public Lent lend(Claim claim, long owner, long version, Credits missing, Credits hold, Credits wished) {
            asked++;
            comfort = wished;
            assertThat(missing.isNegative()).isFalse();
            if (version == lease.version() && missing.compareTo(available()) <= 0) {
                Credits lent = missing.plus(ahead.min(available().minus(missing)));
                lease = lease.granted(lease.granted().plus(lent));
            }
            whileLending.run();
            lose();
            return new Lent(lease.granted(), lease.version(), available(), others, ahead.isZero());
        }

        @Override
        public Lease renew(Claim claim, long owner) {
            read++;
            lose();
            lease = new Lease(lease.granted(), lease.spent(), lease.version() + 1);
            Lease found = lease;
            whileReading.run();
            return found;
        }

        @Override
        public boolean giveBack(Claim claim, long owner, long version, Credits amount) {
            returned++;
            if (version == lease.version()) {
                lease = lease.granted(lease.granted().minus(amount));
            }
            lose();
            return version == lease.version();
        }

        @Override
        public Credits spendable(long owner) {
            return balance;
        }

        Charge spend(Credits amount) {
            balance = balance.minus(amount);
            lease = lease.spend(amount);
            return new Charge(UUID.randomUUID(), amount, amount, Credits.ZERO, Credits.ZERO, Credits.ZERO, 1);
        }

        private void lose() {
            if (answersAreLost) {
                throw new IllegalStateException("lost");
            }
        }
    }

    /** Time that passes when it is told to. */
    private static final class Hands implements Watch {
        private long nanos;
        private Runnable whilePausing = () -> {};

        @Override
        public long nanos() {
            return nanos;
        }

        @Override
        public boolean pause(Duration time) {
            nanos += time.toNanos();
            whilePausing.run();
            return true;
        }

        @Override
        public boolean acquire(Lock lock, Duration most) throws InterruptedException {
            return SYSTEM.acquire(lock, most);
        }

        @Override
        public <T> T await(CompletableFuture<T> future, long endNanos) {
            return future.join();
        }
    }

    @Test
    void onlyWhatIsMissingIsBorrowedOfASmallAccount() {
        assertThat(purse.hold(Credits.of(4))).isTrue();
        assertThat(purse.hold(Credits.of(3))).isTrue();
        purse.release(Credits.of(4));
        assertThat(purse.hold(Credits.of(5))).isTrue();

        assertThat(bank.lease.granted()).isEqualTo(Credits.of(8));
        assertThat(purse.balance()).isEqualTo(Credits.of(2));
        assertThat(bank.asked).isEqualTo(3);
    }

    @Test
    void whatIsBorrowedAheadSparesTheNextCallsAQuestion() {
        bank.ahead = Credits.of(6);
        for (int call = 0; call < 7; call++) {
            assertThat(purse.hold(Credits.of(1))).isTrue();
        }

        assertThat(bank.asked).isEqualTo(1);
        assertThat(bank.comfort).as("fifty calls of the like").isEqualTo(Credits.of(50));
    }

    @Test
    void whatASecondSpendsIsBorrowedAheadWhenItIsMoreThanFiftyCalls() {
        bank.balance = Credits.of(1000);
        purse.hold(Credits.of(400));
        purse.charge(Credits.of(400), () -> bank.spend(Credits.of(300)));
        hands.nanos += Duration.ofSeconds(3).toNanos();
        purse.hold(Credits.of(1).plus(Credits.of(100)));
        purse.hold(Credits.of(1));

        assertThat(bank.comfort).as("300 in three seconds").isEqualTo(Credits.of(100));
        purse.charge(Credits.of(101), () -> bank.spend(Credits.of(101)));
        purse.hold(Credits.of(1));
        assertThat(bank.comfort).as("101 in less than a second").isEqualTo(Credits.of(101));
    }

    @Test
    void aRefusalIsTheLedgersAndCreditThatComesInIsFound() {
        assertThat(purse.hold(Credits.of(10))).isTrue();
        assertThat(purse.hold(Credits.of(5))).isFalse();
        assertThat(hands.nanos).as("nobody else has any to be waited for").isEqualTo(0);
        assertThat(purse.available()).isEqualTo(Credits.ZERO);

        bank.balance = Credits.of(15);

        assertThat(purse.hold(Credits.of(5))).isTrue();
        assertThat(purse.hold(Credits.micro(1))).isFalse();
    }

    @Test
    void whatCostsNothingAsksNobody() {
        assertThat(purse.hold(Credits.ZERO)).isTrue();
        assertThat(bank.asked).isZero();
    }

    @Test
    void aChargeFreesItsHoldAndIsSpent() {
        purse.hold(Credits.of(6));
        purse.charge(Credits.of(6), () -> bank.spend(Credits.of(2)));

        assertThat(purse.balance()).isEqualTo(Credits.of(8));
        assertThat(purse.hold(Credits.of(4))).as("left of the lease").isTrue();
        assertThat(bank.asked).isEqualTo(1);
        assertThat(bank.read).isZero();
    }

    @Test
    void aChargeThatFailedFreesItsHoldAndTheLeaseIsReadAnew() {
        purse.hold(Credits.of(6));
        assertThatThrownBy(() -> purse.charge(Credits.of(6), () -> {
                    bank.spend(Credits.of(6));
                    throw new IllegalStateException("lost");
                }))
                .hasMessage("lost");

        assertThat(purse.hold(Credits.of(5))).as("6 of 10 are spent").isFalse();
        assertThat(bank.read).isEqualTo(1);
        assertThat(purse.hold(Credits.of(4))).isTrue();
    }

    @Test
    void aLoanWhoseAnswerWasLostIsFoundAndUsed() {
        bank.answersAreLost = true;
        assertThatThrownBy(() -> purse.hold(Credits.of(10))).hasMessage("lost");
        bank.answersAreLost = false;

        assertThat(purse.hold(Credits.of(10))).isTrue();
        assertThat(bank.lease.granted()).isEqualTo(Credits.of(10));
        assertThat(bank.asked).as("the lease was read instead").isEqualTo(1);
    }

    @Test
    void aReturnWhoseAnswerWasLostIsNotHeldAgainst() {
        purse.hold(Credits.of(6));
        purse.release(Credits.of(6));
        bank.answersAreLost = true;
        assertThatThrownBy(purse::giveBack).hasMessage("lost");
        bank.answersAreLost = false;
        bank.others = Credits.of(10);

        assertThat(purse.hold(Credits.of(6))).isFalse();
    }

    @Test
    void onlyWhatNoCallHoldsIsGivenBack() {
        bank.ahead = Credits.of(3);
        purse.hold(Credits.of(4));

        purse.giveBack();
        purse.giveBack();

        assertThat(bank.lease.granted()).isEqualTo(Credits.of(4));
        assertThat(purse.isIdle()).isFalse();
    }

    @Test
    void aLeaseIsIdleAfterTenSecondsAndAtOnceWhenTheAccountIsSmall() {
        bank.ahead = Credits.of(3);
        purse.hold(Credits.of(4));
        assertThat(purse.isIdle()).isFalse();
        hands.nanos += Duration.ofSeconds(11).toNanos();
        assertThat(purse.isIdle()).isTrue();

        bank.ahead = Credits.ZERO;
        purse.hold(Credits.of(4));
        assertThat(purse.isIdle()).as("all is held").isFalse();
        purse.release(Credits.of(1));
        assertThat(purse.isIdle()).isTrue();
    }

    @Test
    void othersAreGivenTimeToGiveBackBeforeACallIsRefused() {
        bank.others = Credits.of(10);
        hands.whilePausing = () -> bank.others = hands.nanos < 50_000_000 ? Credits.of(10) : Credits.ZERO;

        assertThat(purse.hold(Credits.of(10))).isTrue();
        assertThat(bank.asked).isEqualTo(3);

        bank.others = Credits.of(1);
        hands.whilePausing = () -> {};
        long before = hands.nanos;
        assertThat(purse.hold(Credits.of(1))).isFalse();
        assertThat(hands.nanos - before).isEqualTo(Duration.ofMillis(500).toNanos());
    }

    @Test
    void whatIsReleasedWhileTheBankIsAskedIsUsed() {
        purse.hold(Credits.of(9));
        bank.whileLending = () -> purse.release(Credits.of(9));

        assertThat(purse.hold(Credits.of(5))).isTrue();
    }

    /** It was renewed behind this gateway's back, as its own question does whose answer was lost. */
    private void renewedElsewhere() {
        bank.lease = new Lease(bank.lease.granted(), bank.lease.spent(), bank.lease.version() + 1);
    }

    @Test
    void aLoanUnderAnOldVersionIsAskedForAnew() {
        purse.hold(Credits.of(1));
        renewedElsewhere();

        assertThat(purse.hold(Credits.of(5))).isTrue();
        assertThat(bank.asked).as("before, and again once the version is known").isEqualTo(3);
        assertThat(bank.read).isEqualTo(1);
        assertThat(bank.lease.granted()).isEqualTo(Credits.of(6));
    }

    @Test
    void aReturnUnderAnOldVersionChangesNothingAndTheLeaseIsReadAnew() {
        purse.hold(Credits.of(6));
        purse.release(Credits.of(6));
        renewedElsewhere();

        purse.giveBack();
        assertThat(bank.lease.granted()).isEqualTo(Credits.of(6));

        assertThat(purse.hold(Credits.of(6))).isTrue();
        assertThat(bank.read).isEqualTo(1);
        assertThat(bank.asked).as("nothing was to be borrowed").isEqualTo(1);
        assertThat(bank.lease.granted()).as("what it had is used").isEqualTo(Credits.of(6));
    }

    @Test
    void aReturnThatWasTakenNeedsNoReadingAndAnEmptyPurseReturnsNothing() {
        purse.hold(Credits.of(6));
        purse.release(Credits.of(6));

        purse.giveBack();
        purse.giveBack();

        assertThat(bank.lease.granted()).isEqualTo(Credits.ZERO);
        assertThat(bank.returned).isEqualTo(1);
        assertThat(purse.hold(Credits.of(6))).isTrue();
        assertThat(bank.read).isZero();
    }

    @Test
    void aLeaseThatCameInDoubtWhileItWasReadIsReadAgain() {
        CompletableFuture<Charge> fate = new CompletableFuture<>();
        Problem told = Problem.of(ErrorCode.CHARGE_UNCONFIRMED, "not known yet");
        purse.hold(Credits.of(6));
        assertThatThrownBy(() -> purse.charge(Credits.of(6), () -> {
                    throw new OpenCharge(told, new OpenCharge.StillOpen(fate));
                }))
                .isSameAs(told);
        bank.whileReading = () -> {
            bank.whileReading = () -> {};
            fate.complete(bank.spend(Credits.of(6)));
        };

        assertThat(purse.hold(Credits.of(5))).as("6 of 10 are spent").isFalse();
        assertThat(bank.read).isEqualTo(2);
        assertThat(purse.hold(Credits.of(4))).isTrue();
    }

    @Test
    void aCallThatIsInterruptedWhileChargesAreOnTheirWayIsToldSoAndStaysInterrupted() {
        bank.answersAreLost = true;
        assertThatThrownBy(() -> purse.hold(Credits.of(1))).hasMessage("lost");
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> purse.hold(Credits.of(1)))
                .isInstanceOfSatisfying(
                        Problem.class, refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.DATABASE_AWAY));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(bank.read).isZero();
    }

    @Test
    void aLeaseReadWhileAChargeCommitsDoesNotCountItTwice() throws Exception {
        purse.hold(Credits.of(6));
        assertThatThrownBy(() -> purse.charge(Credits.ZERO, () -> {
                    throw new IllegalStateException("in doubt from here");
                }))
                .isNotNull();
        CountDownLatch committed = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Charge> charging = threads.submit(() -> purse.charge(Credits.of(6), () -> {
                Charge charge = bank.spend(Credits.of(6));
                committed.countDown();
                awaits(goOn);
                return charge;
            }));
            committed.await();
            Future<Boolean> refused = threads.submit(() -> purse.hold(Credits.of(5)));
            goOn.countDown();
            charging.get();
            assertThat(refused.get()).isFalse();
        }
        assertThat(purse.balance()).isEqualTo(Credits.of(4));
        assertThat(purse.hold(Credits.of(4))).isTrue();
    }

    private static void awaits(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
