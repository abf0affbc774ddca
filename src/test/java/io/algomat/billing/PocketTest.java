package io.algomat.billing;

import static org.assertj.core.api.Assertions.assertThat;

import io.algomat.billing.Leases.Lent;
import io.algomat.platform.Credits;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What a purse counts, where its own tests do not see it. */
class PocketTest {
    private final HandWatch watch = new HandWatch();
    private final Pocket pocket = new Pocket(watch);

    private static Lent lent(long granted, long version, long available, boolean small) {
        return new Lent(Credits.of(granted), version, Credits.of(available), Credits.ZERO, small);
    }

    @Test
    void onlyAnAnswerToALaterQuestionRefusesACall() {
        long arrived = pocket.asked();
        long question = pocket.ask();
        assertThat(pocket.asked()).isEqualTo(question);
        assertThat(pocket.refused(arrived, Credits.of(5)))
                .as("not answered yet")
                .isFalse();

        pocket.answer(question, lent(0, 0, 4, true));

        assertThat(pocket.refused(arrived, Credits.of(5))).isTrue();
        assertThat(pocket.refused(arrived, Credits.of(4)))
                .as("so much is there")
                .isFalse();
        assertThat(pocket.refused(question, Credits.of(5)))
                .as("it came after the question")
                .isFalse();
        assertThat(pocket.ask()).isGreaterThan(question);
    }

    @Test
    void anAnswerOfAnotherVersionPutsTheLeaseInDoubt() {
        long before = pocket.doubts();
        pocket.answer(pocket.ask(), lent(3, 1, 0, true));

        assertThat(pocket.lease()).isNull();
        assertThat(pocket.take(Credits.of(2)))
                .as("nothing is known to be there")
                .isEqualTo(Credits.of(2));
        assertThat(pocket.know(new Lease(Credits.of(3), Credits.ZERO, 1), before))
                .as("asked for before it came in doubt")
                .isFalse();
        assertThat(pocket.know(new Lease(Credits.of(3), Credits.ZERO, 1), pocket.doubts()))
                .isTrue();
        assertThat(pocket.take(Credits.of(2))).isEqualTo(Credits.ZERO);
    }

    @Test
    void whatIsLeftIsIdleWhenNothingWasHeldForMoreThanTenSeconds() {
        pocket.answer(pocket.ask(), lent(3, 0, 100, false));
        pocket.take(Credits.of(1));
        assertThat(pocket.isIdle()).isFalse();
        watch.pass(Duration.ofSeconds(10));
        assertThat(pocket.isIdle()).isFalse();
        watch.pass(Duration.ofNanos(1));
        assertThat(pocket.isIdle()).isTrue();
    }

    @Test
    void comfortIsWhatASecondSpentAndAtLeastFiftyCalls() {
        pocket.settle(Credits.ZERO, Credits.of(300));
        watch.pass(Duration.ofSeconds(3));
        assertThat(pocket.comfort(Credits.of(1))).isEqualTo(Credits.of(100));
        assertThat(pocket.comfort(Credits.of(1)))
                .as("to be expected until another second is over")
                .isEqualTo(Credits.of(100));
        watch.pass(Duration.ofSeconds(1));
        assertThat(pocket.comfort(Credits.of(1))).as("counted anew").isEqualTo(Credits.of(50));
    }

    @Test
    void thePaceOfASecondThatIsNotOverIsKept() {
        pocket.settle(Credits.ZERO, Credits.of(300));
        watch.pass(Duration.ofMillis(1500));
        assertThat(pocket.comfort(Credits.of(1))).isEqualTo(Credits.of(300));
        assertThat(pocket.comfort(Credits.of(1))).isEqualTo(Credits.of(300));
    }

    @Test
    void whileTheLeaseIsInDoubtNothingIsGivenBackAndSomethingIsToBeAsked() {
        pocket.answer(pocket.ask(), lent(3, 0, 0, true));
        pocket.forget();
        assertThat(pocket.shrink()).isEqualTo(Credits.ZERO);
        assertThat(pocket.isIdle()).isTrue();
    }
}
