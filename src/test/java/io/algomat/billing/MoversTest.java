package io.algomat.billing;

import static org.assertj.core.api.Assertions.assertThat;

import io.algomat.platform.Credits;
import io.algomat.testing.Accounts;
import io.algomat.testing.PastCharges;
import io.algomat.testing.People;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.YearMonth;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** From the 10th through the 12th, against the 7th through the 9th. */
@ExtendWith(LedgerBeans.class)
class MoversTest {
    @Inject
    Movers movers;

    @Inject
    FoldCharges fold;

    @Inject
    PastCharges past;

    @Inject
    People people;

    private Accounts.User ada;
    private Accounts.User eve;
    private Accounts.User publisher;
    private YearMonth month;

    @BeforeEach
    void people() {
        ada = people.user();
        eve = people.user();
        publisher = people.user();
        month = past.freeMonth();
    }

    private void charge(Accounts.User caller, String algorithm, int day, long royalty) {
        past.charge(caller, null, publisher.ownerId(), algorithm, month.atDay(day), royalty, 0);
    }

    private List<Movers.Mover> moved(Slice slice, Dimension by) {
        return movers.of(slice, new Period(month.atDay(10), month.atDay(12)), by);
    }

    private static Movers.Mover mover(String value, long gross, long before) {
        return new Movers.Mover(value, Credits.micro(gross), Credits.micro(before));
    }

    @Test
    void thoseThatMovedMostComeFirstWhetherUpOrDown() throws SQLException {
        charge(ada, "x/up", 10, 4_000_000);
        charge(ada, "x/up", 12, 2_000_000);
        charge(ada, "x/up", 7, 1_000_000);
        charge(ada, "x/down", 9, 7_000_000);
        charge(ada, "x/same", 11, 9_000_000);
        charge(ada, "x/same", 8, 9_000_000);
        charge(ada, "x/outside", 6, 9_000_000);
        charge(ada, "x/outside", 13, 9_000_000);
        past.charge(ada, null, publisher.ownerId(), "x/compute", month.atDay(11), 0, 3_000);
        charge(eve, "x/up", 10, 90_000_000);

        for (int folded = 0; folded < 2; folded++) {
            List<Movers.Mover> moved = moved(Slice.of(new Whose.Callers(ada.ownerId())), Dimension.ALGORITHM);
            assertThat(moved)
                    .containsExactly(
                            mover("x/down", 0, 7_000_000),
                            mover("x/up", 6_000_000, 1_000_000),
                            mover("x/compute", 3_000_000, 0));
            assertThat(moved)
                    .extracting(Movers.Mover::change)
                    .containsExactly(Credits.of(-7), Credits.of(5), Credits.of(3));
            fold.fold();
        }
    }

    @Test
    void tenAreTold() {
        for (int i = 1; i <= 11; i++) {
            charge(ada, "x/a%02d".formatted(i), 11, i * 1_000L);
        }
        charge(ada, "x/b", 8, 11_000);

        assertThat(moved(Slice.of(new Whose.Publishers(publisher.ownerId())), Dimension.ALGORITHM))
                .extracting(Movers.Mover::value)
                .containsExactly(
                        "x/a11", "x/b", "x/a10", "x/a09", "x/a08", "x/a07", "x/a06", "x/a05", "x/a04", "x/a03");
    }

    @Test
    void theyAreCallersOrPublishersOrKeysToo() {
        charge(ada, "x/a", 10, 1_000_000);
        charge(eve, "x/a", 10, 2_000_000);
        long key = people.key(ada.ownerId());
        past.charge(ada, key, publisher.ownerId(), "x/b", month.atDay(12), 5_000_000, 0);

        Slice of = Slice.of(new Whose.Publishers(publisher.ownerId()));
        assertThat(moved(of, Dimension.CALLER))
                .containsExactly(mover(ada.name(), 6_000_000, 0), mover(eve.name(), 2_000_000, 0));
        assertThat(moved(of.with(Dimension.ALGORITHM, "x/a"), Dimension.CALLER))
                .containsExactly(mover(eve.name(), 2_000_000, 0), mover(ada.name(), 1_000_000, 0));
        assertThat(moved(of, Dimension.KEY))
                .containsExactly(mover(String.valueOf(key), 5_000_000, 0), mover(Dimension.NO_KEY, 3_000_000, 0));
        assertThat(moved(Slice.of(new Whose.Callers(eve.ownerId())), Dimension.PUBLISHER))
                .containsExactly(mover(publisher.name(), 2_000_000, 0));
    }

    @Test
    void whereNothingWasCalledNothingMoved() {
        assertThat(moved(Slice.of(new Whose.Callers(ada.ownerId())), Dimension.DEVICE))
                .isEmpty();
        IntStream.of(6, 13).forEach(day -> charge(ada, "x/a", day, 1_000_000));
        assertThat(moved(Slice.of(new Whose.Callers(ada.ownerId())), Dimension.DEVICE))
                .isEmpty();
    }
}
