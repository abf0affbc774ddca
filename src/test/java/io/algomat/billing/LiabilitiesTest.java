package io.algomat.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.algomat.platform.Credits;
import io.algomat.testing.Charges;
import io.algomat.testing.Money;
import io.algomat.testing.People;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the site owes to all and to one, and in which accounts it stands. */
@ExtendWith(LedgerBeans.class)
class LiabilitiesTest {
    @Inject
    Liabilities liabilities;

    @Inject
    Snapshot snapshot;

    @Inject
    PayoutsConfig config;

    @Inject
    Earnings earnings;

    @Inject
    Accounts accounts;

    @Inject
    Charges charges;

    @Inject
    Money money;

    @Inject
    People people;

    @Inject
    DataSource database;

    private long caller;
    private long publisher;

    @BeforeEach
    void owners() {
        caller = people.user().ownerId();
        publisher = people.user().ownerId();
    }

    /** Of 10 credits 1.5 are the site's; no more is payable than was paid from funded credit. */
    @Test
    void creditBecomesEarningsByWhatItWasPaidFrom() {
        Liabilities.Owed before = liabilities.now();
        money.promo(caller, Credits.of(4));
        money.fund(caller, Credits.of(100));
        assertThat(liabilities.now())
                .isEqualTo(new Liabilities.Owed(
                        before.funded().plus(Credits.of(100)),
                        before.promo().plus(Credits.of(4)),
                        before.earnings(),
                        before.unfunded(),
                        before.payouts(),
                        before.receivable()));

        charges.charge(caller, null, publisher, "x/a", 10_000_000, 0);

        assertThat(money.of(publisher))
                .isEqualTo(new Balance(Credits.ZERO, Credits.ZERO, Credits.of(6), Credits.parse("2.5")));
        Liabilities.Owed after = liabilities.now();
        assertThat(after)
                .isEqualTo(new Liabilities.Owed(
                        before.funded().plus(Credits.of(94)),
                        before.promo(),
                        before.earnings().plus(Credits.of(6)),
                        before.unfunded().plus(Credits.parse("2.5")),
                        before.payouts(),
                        before.receivable()));
        assertThat(after.payable().minus(before.payable())).isEqualTo(Credits.of(100));
    }

    @Test
    void whatIsPayableIsCreditEarningsAndPayoutsUnderWay() {
        assertThat(new Liabilities.Owed(
                                Credits.of(1),
                                Credits.of(2),
                                Credits.of(4),
                                Credits.of(8),
                                Credits.of(16),
                                Credits.of(32))
                        .payable())
                .isEqualTo(Credits.of(21));
    }

    @Test
    void earningsMatureAfterAWhile() {
        money.fund(caller, Credits.of(20));
        charges.charge(caller, null, publisher, "x/a", 20_000_000, 0);

        assertThat(earnings.of(publisher))
                .isEqualTo(new Earnings.View(Credits.ZERO, Credits.of(17), Credits.ZERO, Credits.ZERO));
        assertThat(in(config.maturity().minusMinutes(1)))
                .isEqualTo(new Earnings.View(Credits.ZERO, Credits.of(17), Credits.ZERO, Credits.ZERO));
        assertThat(in(config.maturity().plusMinutes(1)))
                .isEqualTo(new Earnings.View(Credits.of(17), Credits.ZERO, Credits.ZERO, Credits.ZERO));
        assertThat(earnings.of(caller))
                .isEqualTo(new Earnings.View(Credits.ZERO, Credits.ZERO, Credits.ZERO, Credits.ZERO));
    }

    private Earnings.View in(Duration after) {
        Clock then = Clock.fixed(Instant.now().plus(after), ZoneOffset.UTC);
        return new Earnings(snapshot, config, then).of(publisher);
    }

    @Test
    void anOwnersAccountsAreOpenedOnceAndTheSitesAreThere() throws SQLException {
        long fresh = money.ownerWithoutCredit();
        assertThat(money.of(fresh)).isEqualTo(new Balance(Credits.ZERO, Credits.ZERO, Credits.ZERO, Credits.ZERO));

        Accounts.Of opened = accounts.of(fresh);

        assertThat(opened.ids())
                .containsOnlyKeys(
                        AccountKind.PROMO, AccountKind.FUNDED, AccountKind.EARNINGS, AccountKind.EARNINGS_UNFUNDED);
        assertThat(opened.ids().values()).doesNotHaveDuplicates();
        assertThat(accounts.of(fresh)).isSameAs(opened);
        try (Connection connection = database.getConnection()) {
            assertThat(Accounts.in(connection, fresh)).isEqualTo(opened);
            long owed = Accounts.receivable(connection, fresh);
            assertThat(Accounts.receivable(connection, fresh)).isEqualTo(owed);
            assertThat(Accounts.in(connection, fresh).id(AccountKind.RECEIVABLE))
                    .isEqualTo(owed);
            assertThat(Accounts.in(connection, Accounts.SITE).ids())
                    .containsKeys(AccountKind.SITE_FEE, AccountKind.FUNDING)
                    .doesNotContainKey(AccountKind.FUNDED);
        }
    }

    @Test
    void anAccountThatIsNotThereIsAFault() {
        Accounts.Of none = new Accounts.Of(Map.of());
        assertThatThrownBy(() -> none.id(AccountKind.PROMO)).hasMessage("There is no promo account here");
    }

    @Test
    void whatCanBeSpentIsGivenOrPaidFor() {
        money.promo(caller, Credits.of(3));
        money.fund(caller, Credits.of(4));
        assertThat(money.of(caller)).isEqualTo(new Balance(Credits.of(3), Credits.of(4), Credits.ZERO, Credits.ZERO));
        assertThat(money.of(caller).spendable()).isEqualTo(Credits.of(7));
    }
}
