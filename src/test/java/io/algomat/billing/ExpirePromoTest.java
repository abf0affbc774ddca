package io.algomat.billing;

import static org.assertj.core.api.Assertions.assertThat;

import io.algomat.accounts.Owners;
import io.algomat.platform.Credits;
import io.algomat.platform.Sql;
import io.algomat.testing.Accounts;
import io.algomat.testing.Money;
import io.algomat.testing.People;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LedgerBeans.class)
class ExpirePromoTest {
    private static final Duration PERIOD = Duration.ofDays(365);

    @Inject
    People people;

    @Inject
    ExpirePromo expire;

    @Inject
    PromoExpiry expiry;

    @Inject
    Billing billing;

    @Inject
    Money money;

    @Inject
    Owners owners;

    @Inject
    VerifyLedger verify;

    @Inject
    DataSource database;

    @Inject
    BillingConfig config;

    @Inject
    Sql sql;

    /** A moment between what came in so far and what comes in from now on. */
    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }

    @Test
    void whatIsLeftOfOldPromoCreditExpiresAndTheNewStays() throws SQLException {
        long owner = money.ownerWithoutCredit();
        long publisher = money.ownerWithoutCredit();
        money.promo(owner, Credits.of(100));
        money.fund(owner, Credits.of(50));
        Instant between = now();
        money.promo(owner, Credits.of(30));
        billing.capture(billing.hold(Calls.royaltyOnly(owner, publisher, 40_000_000)), 1);
        assertThat(expiry.next(owner).orElseThrow().amount()).isEqualTo(Credits.of(60));

        assertThat(expire.expire(owner, between)).isEqualTo(Credits.of(60));

        assertThat(money.of(owner).promo()).isEqualTo(Credits.of(30));
        assertThat(money.of(owner).funded()).isEqualTo(Credits.of(50));
        assertThat(expiry.next(owner).orElseThrow().amount()).isEqualTo(Credits.of(30));
        assertThat(expire.expire(owner, between)).isEqualTo(Credits.ZERO);
        assertThat(expire.expire(owner, between.minusSeconds(1))).isEqualTo(Credits.ZERO);
        clean();
    }

    @Test
    void promoCreditThatWasSpentDoesNotExpireToo() throws SQLException {
        long owner = money.ownerWithoutCredit();
        money.promo(owner, Credits.of(100));
        Instant between = now();
        money.promo(owner, Credits.of(30));
        billing.capture(billing.hold(Calls.royaltyOnly(owner, money.ownerWithoutCredit(), 120_000_000)), 1);

        assertThat(expire.expire(owner, between)).isEqualTo(Credits.ZERO);
        assertThat(money.of(owner).promo()).isEqualTo(Credits.of(10));
    }

    @Test
    void severalGatewaysThatExpireAtOnceTakeItOnce() throws Exception {
        long owner = money.ownerWithoutCredit();
        money.promo(owner, Credits.of(100));
        Instant after = now();
        List<Credits> taken = new ArrayList<>();

        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Credits>> running = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                Instant before = after.plusMillis(i);
                running.add(threads.submit(() -> expire.expire(owner, before)));
            }
            for (Future<Credits> one : running) {
                taken.add(one.get());
            }
        }

        assertThat(taken.stream().reduce(Credits.ZERO, Credits::plus)).isEqualTo(Credits.of(100));
        assertThat(taken).containsOnlyOnce(Credits.of(100));
        assertThat(money.of(owner).promo()).isEqualTo(Credits.ZERO);
        clean();
    }

    @Test
    void theJobFindsWhoseCreditIsOldAndLeavesVisitorsAndYoungCreditAlone() throws SQLException {
        long old = money.ownerWithoutCredit();
        Accounts.User young = people.user();
        money.promo(young.ownerId(), Credits.of(10_000));
        money.promo(old, Credits.of(7));
        // A year on, to the microsecond: what comes in below is younger.
        Clock later = Clock.fixed(now().plus(PERIOD), ZoneOffset.UTC);
        Accounts.User younger = people.user();
        money.promo(younger.ownerId(), Credits.of(10_000));
        Credits guests = money.of(owners.guest().ownerId()).promo();
        List<Long> others = sql.list(
                "SELECT owner_id FROM ledger_account WHERE kind = 'promo' AND balance > 0",
                row -> row.getLong("owner_id"));
        assertThat(others).contains(old, young.ownerId(), younger.ownerId());

        new ExpirePromo(database, config, later).expireAll();

        assertThat(money.of(old).promo()).isEqualTo(Credits.ZERO);
        assertThat(billing.available(young.ownerId())).isEqualTo(Credits.ZERO);
        assertThat(money.of(younger.ownerId()).promo()).isEqualTo(Credits.of(10_000));
        assertThat(money.of(owners.guest().ownerId()).promo()).isEqualTo(guests);
        clean();
    }

    private void clean() {
        assertThat(verify.verify())
                .allSatisfy(finding -> assertThat(finding.differences())
                        .as(finding.rule().promise())
                        .isZero());
    }
}
