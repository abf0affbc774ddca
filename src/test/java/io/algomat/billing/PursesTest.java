package io.algomat.billing;

import static org.assertj.core.api.Assertions.assertThat;

import io.algomat.platform.Credits;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PursesTest {
    private final List<Long> returned = new ArrayList<>();
    private Claim now = new Claim(1, 1);
    private boolean away;

    private final Claims gateway = new Claims() {
        @Override
        public Claim claim() {
            return now;
        }

        @Override
        public boolean is(Claim one) {
            return one.equals(now);
        }

        @Override
        public void lost(Claim over) {
            throw new UnsupportedOperationException();
        }
    };

    private final Leases leases = new Leases() {
        @Override
        public Lent lend(Claim claim, long owner, long version, Credits missing, Credits hold, Credits comfort) {
            return new Lent(missing, version, Credits.ZERO, Credits.ZERO, true);
        }

        @Override
        public Lease renew(Claim claim, long owner) {
            return Lease.NONE;
        }

        @Override
        public boolean giveBack(Claim claim, long owner, long version, Credits amount) {
            if (away) {
                throw new IllegalStateException("away");
            }
            returned.add(owner);
            return true;
        }

        @Override
        public Credits spendable(long owner) {
            return Credits.ZERO;
        }
    };

    private final Purses purses = new Purses(gateway, leases);

    private void idle(long owner) {
        purses.of(owner).hold(Credits.of(3));
        purses.of(owner).release(Credits.of(3));
    }

    @Test
    void anAccountHasOnePurseInEachEpoch() {
        Purse first = purses.of(7);
        assertThat(purses.of(7)).isSameAs(first);
        assertThat(purses.of(8)).isNotSameAs(first);

        now = new Claim(1, 2);

        assertThat(purses.of(7)).isNotSameAs(first).isSameAs(purses.of(7));
        assertThat(purses.of(7).claim()).isEqualTo(now);
        assertThat(first.claim()).as("calls keep what they were held in").isEqualTo(new Claim(1, 1));
    }

    @Test
    void whatAnotherGatewayWantsIsGivenBackOfThatAccountAlone() {
        idle(7);
        idle(8);
        purses.wanted(9);
        purses.wanted(7);
        assertThat(returned).containsExactly(7L);
    }

    @Test
    void whatIsIdleIsGivenBackAndOneThatCannotBeDoesNotStopTheOthers() {
        idle(7);
        idle(8);
        away = true;
        purses.giveBackIdle();
        assertThat(returned).isEmpty();
        away = false;
        idle(9);
        purses.giveBackIdle();
        assertThat(returned).contains(9L);
    }

    @Test
    void whatAnEndedEpochHadIsNotGivenBackAgain() {
        idle(7);
        now = new Claim(1, 2);
        purses.giveBackIdle();
        purses.wanted(7);
        assertThat(returned).isEmpty();
    }
}
