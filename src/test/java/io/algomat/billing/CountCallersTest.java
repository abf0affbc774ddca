package io.algomat.billing;

import static org.assertj.core.api.Assertions.assertThat;

import io.algomat.testing.Accounts;
import io.algomat.testing.PastCharges;
import io.algomat.testing.People;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.YearMonth;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LedgerBeans.class)
class CountCallersTest {
    @Inject
    CountCallers count;

    @Inject
    FoldCharges fold;

    @Inject
    PastCharges past;

    @Inject
    People people;

    private Accounts.User ada;
    private Accounts.User eve;
    private long publisher;
    private YearMonth month;

    @BeforeEach
    void people() {
        ada = people.user();
        eve = people.user();
        publisher = people.user().ownerId();
        month = past.freeMonth();
    }

    private void charge(Accounts.User caller, String algorithm, int day) {
        past.charge(caller, null, publisher, algorithm, month.atDay(day), 1_000_000, 0);
    }

    private CountCallers.Callers called(Slice slice, int from, int through, Dimension by) {
        return count.of(slice, new Period(month.atDay(from), month.atDay(through)), by);
    }

    @Test
    void whoeverCalledOftenOrSeveralIsCountedOnce() throws SQLException {
        charge(ada, "x/a", 3);
        charge(ada, "x/a", 3);
        charge(ada, "x/a", 4);
        charge(ada, "x/b", 4);
        charge(eve, "x/a", 5);
        charge(people.user(), "x/a", 2);
        charge(people.user(), "x/a", 6);
        past.charge(people.user(), null, people.user().ownerId(), "y/a", month.atDay(4), 1_000_000, 0);
        Slice own = Slice.of(new Whose.Publishers(publisher));

        for (int folded = 0; folded < 2; folded++) {
            CountCallers.Callers called = called(own, 3, 5, Dimension.ALGORITHM);
            assertThat(called).isEqualTo(new CountCallers.Callers(2, Map.of("x/a", 2L, "x/b", 1L)));
            assertThat(called.of("x/a")).isEqualTo(2);
            assertThat(called.of("y/a")).isZero();
            assertThat(called(own.with(Dimension.ALGORITHM, "x/b"), 3, 5, Dimension.VERSION))
                    .isEqualTo(new CountCallers.Callers(1, Map.of("x/b/1.0.0", 1L)));
            assertThat(called(own, 3, 4, Dimension.DEVICE)).isEqualTo(new CountCallers.Callers(1, Map.of("cpu", 1L)));
            assertThat(called(own, 1, 28, Dimension.DAY))
                    .isEqualTo(new CountCallers.Callers(
                            4,
                            Map.of(
                                    month + "-02", 1L,
                                    month + "-03", 1L,
                                    month + "-04", 1L,
                                    month + "-05", 1L,
                                    month + "-06", 1L)));
            fold.fold();
        }
    }

    @Test
    void whereNobodyCalledThereIsNone() {
        charge(ada, "x/a", 3);

        CountCallers.Callers called = called(Slice.of(new Whose.Publishers(publisher)), 4, 28, Dimension.ALGORITHM);

        assertThat(called).isEqualTo(new CountCallers.Callers(0, Map.of()));
    }
}
