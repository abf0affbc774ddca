package io.algomat.billing;

import static org.assertj.core.api.Assertions.assertThat;

import io.algomat.platform.Credits;
import io.algomat.platform.Sql;
import io.algomat.testing.Charges;
import io.algomat.testing.Money;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** When which part of promo credit expires, as its owner is told. That it does is {@link ExpirePromoTest}'s. */
@ExtendWith(LedgerBeans.class)
class PromoExpiryTest {
    @Inject
    PromoExpiry expiry;

    @Inject
    Balances balances;

    @Inject
    Charges charges;

    @Inject
    Money money;

    @Inject
    DataSource database;

    @Inject
    Sql sql;

    private long owner;
    private Instant first;
    private Instant second;

    /** 10 credits, and then 4. */
    @BeforeEach
    void twoGifts() {
        owner = money.ownerWithoutCredit();
        money.promo(owner, Credits.of(10));
        first = newest();
        money.promo(owner, Credits.of(4));
        second = newest();
        money.fund(owner, Credits.of(100));
    }

    private Instant newest() {
        return sql.first(
                        "SELECT max(p.booked_at) AS at FROM posting p JOIN leg l ON l.posting_id = p.id"
                                + " JOIN ledger_account a ON a.id = l.account_id WHERE a.owner_id = ?",
                        row -> Sql.time(row, "at"),
                        owner)
                .orElseThrow();
    }

    private void spend(long credits) {
        charges.charge(owner, null, owner, "x/a", credits * 1_000_000, 0);
    }

    private static PromoExpiry.Next next(Instant booked, long credits) {
        return new PromoExpiry.Next(booked.plus(Duration.ofDays(365)), Credits.of(credits));
    }

    @Test
    void theOldestIsSpentFirstAndExpiresNext() {
        assertThat(expiry.next(owner)).contains(next(first, 10));
        spend(3);
        assertThat(expiry.next(owner)).contains(next(first, 7));
        spend(7);
        assertThat(expiry.next(owner)).contains(next(second, 4));
        spend(1);
        assertThat(expiry.next(owner)).contains(next(second, 3));
        spend(3);
        assertThat(expiry.next(owner)).isEmpty();
    }

    @Test
    void whoHasNoneIsToldNothing() {
        assertThat(expiry.next(money.ownerWithoutCredit())).isEmpty();
    }

    @Test
    void whereNothingExpiresNothingIsTakenOrTold() throws SQLException {
        BillingConfig never = new FixedBillingConfig(Duration.ZERO, Duration.ZERO, Duration.ZERO);
        Clock later = Clock.fixed(Instant.now().plus(Duration.ofDays(5_000)), ZoneOffset.UTC);

        new ExpirePromo(database, never, later).expireAll();

        assertThat(new PromoExpiry(sql, balances, never).next(owner)).isEmpty();
        assertThat(money.of(owner).promo()).isEqualTo(Credits.of(14));
    }
}
