package io.algomat.billing;

import static org.assertj.core.api.Assertions.assertThat;

import io.algomat.testing.Money;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LedgerBeans.class)
class ChargeListTest {
    /** More than a chunk holds, and more readers than the pool has connections. */
    private static final int CHARGES = 2_300;

    private static final int READERS = 24;

    @Inject
    ChargeList charges;

    @Inject
    Money money;

    @Inject
    DataSource database;

    @Test
    void everyChargeIsReadOnceNewestFirstThoughManyWereMadeAtOneMoment() throws SQLException {
        long caller = money.ownerWithoutCredit();
        charge(caller, CHARGES);
        charge(caller, 1);

        List<ChargeList.Line> read = new ArrayList<>();
        charges.each(Slice.of(new Whose.Callers(caller)), aroundToday(), read::add);

        assertThat(read).hasSize(CHARGES + 1).doesNotHaveDuplicates();
        assertThat(read).extracting(ChargeList.Line::at).isSortedAccordingTo((a, b) -> b.compareTo(a));
        assertThat(charges.page(Slice.of(new Whose.Callers(caller)), aroundToday(), 24, 100)
                        .items())
                .hasSize(1)
                .containsExactly(read.getLast());
    }

    @Test
    void slowReadersHoldNoConnection() throws Exception {
        long caller = money.ownerWithoutCredit();
        charge(caller, 1);
        CountDownLatch allAtOnce = new CountDownLatch(READERS);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> readers = new ArrayList<>();
            for (int i = 0; i < READERS; i++) {
                readers.add(threads.submit(() -> {
                    charges.each(Slice.of(new Whose.Callers(caller)), aroundToday(), line -> {
                        allAtOnce.countDown();
                        awaits(allAtOnce);
                    });
                    return true;
                }));
            }
            for (Future<Boolean> reader : readers) {
                assertThat(reader.get()).isTrue();
            }
        }
    }

    private static void awaits(CountDownLatch latch) {
        try {
            assertThat(latch.await(4, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Free ones, in one statement: all at the same moment. */
    private void charge(long caller, int count) throws SQLException {
        try (Connection connection = database.getConnection()) {
            Rows.change(connection, """
                    INSERT INTO charge (call_id, caller_id, publisher_id, version_id, algorithm, version, device, billed_ms,
                        held, royalty, fee, compute, promo, royalty_free, price_royalty, rate_per_ms, take_bps)
                    SELECT gen_random_uuid(), ?, 1, -1, 'demo/echo', '1.0.0', 'cpu', 1, 0, 0, 0, 0, 0, false, 0, 0, 1500
                    FROM generate_series(1, ?)
                    """, caller, count);
        }
    }

    private static Period aroundToday() {
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        return new Period(today.minusDays(1), today.plusDays(1));
    }
}
