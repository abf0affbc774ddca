package io.algomat.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.algomat.accounts.Caller;
import io.algomat.accounts.OwnerCreated;
import io.algomat.accounts.Owners;
import io.algomat.platform.Credits;
import io.algomat.platform.Sql;
import io.algomat.testing.Money;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Credit that is there for new users and for visitors. That billing is told of sign-ups is {@link SignUpGrantTest}'s. */
@ExtendWith(LedgerBeans.class)
class OpenAccountsTest {
    @Inject
    OpenAccounts opened;

    @Inject
    FillGuest fillGuest;

    @Inject
    GrantHistory history;

    @Inject
    Billing billing;

    @Inject
    Owners owners;

    @Inject
    Money money;

    @Inject
    VerifyLedger verify;

    @Inject
    DataSource database;

    @Inject
    BillingConfig config;

    @Inject
    Sql sql;

    @Test
    void aNewUserIsGivenTheSignUpGrantExactlyOnce() {
        long owner = money.ownerWithoutCredit();

        make(owner, false);
        make(owner, false);

        assertThat(money.of(owner))
                .isEqualTo(new Balance(Credits.of(10_000), Credits.ZERO, Credits.ZERO, Credits.ZERO));
        assertThat(history.of(owner))
                .extracting(GrantHistory.Grant::kind, GrantHistory.Grant::amount, GrantHistory.Grant::promo)
                .containsExactly(tuple("sign_up", Credits.of(10_000), true));
        clean();
    }

    @Test
    void anOrganisationIsGivenNothing() {
        long organisation = money.ownerWithoutCredit();

        make(organisation, true);

        assertThat(money.of(organisation).spendable()).isEqualTo(Credits.ZERO);
        assertThat(history.of(organisation)).isEmpty();
        assertThat(sql.count("SELECT count(*) FROM ledger_account WHERE owner_id = ?", organisation))
                .isEqualTo(4);
    }

    @Test
    void anOwnerWhoseMakingIsRolledBackLeavesNoGrant() {
        long owner = money.ownerWithoutCredit();
        assertThatThrownBy(() -> LedgerTransactions.whole(() -> {
                    opened.open(new OwnerCreated(owner, "any", false, false));
                    throw new IllegalStateException("The owner could not be made");
                }))
                .hasMessage("The owner could not be made");

        assertThat(money.of(owner).promo()).isEqualTo(Credits.ZERO);
        assertThat(billing.available(owner)).isEqualTo(Credits.ZERO);
    }

    private void make(long owner, boolean organisation) {
        LedgerTransactions.whole(() -> {
            opened.open(new OwnerCreated(owner, "any", organisation, false));
            return owner;
        });
    }

    @Test
    void theGuestsAllowanceIsBookedOnceADay() throws SQLException {
        Caller guest = owners.guest();
        Credits before = money.of(guest.ownerId()).promo();
        assertThat(before).isGreaterThan(Credits.ZERO);

        fillGuest.fillDaily();
        fillGuest.fillDaily();

        assertThat(money.of(guest.ownerId()).promo()).isEqualTo(before);
        assertThat(history.of(guest.ownerId()))
                .extracting(GrantHistory.Grant::kind)
                .containsExactly("guest_allowance");
        clean();
    }

    @Test
    void whatVisitorsSpentTodayIsNotFilledUpAgainToday() throws SQLException {
        long idle = money.ownerWithoutCredit();
        long spender = money.ownerWithoutCredit();
        long publisher = money.ownerWithoutCredit();
        money.promo(idle, Credits.of(1_000));
        money.promo(spender, Credits.of(10_000));
        billing.capture(billing.hold(Calls.royaltyOnly(spender, publisher, 4_000_000_000L)), 1);

        assertThat(afterFilling(idle)).isEqualTo(Credits.of(10_000));
        assertThat(afterFilling(spender)).isEqualTo(Credits.of(6_000));
        money.promo(idle, Credits.of(9_001));
        assertThat(afterFilling(idle)).isEqualTo(Credits.of(10_001));
    }

    /** On a day whose allowance was not booked, with all that was ever spent after its beginning; nothing is committed. */
    private Credits afterFilling(long owner) throws SQLException {
        Clock past = Clock.fixed(Instant.parse("2020-02-02T12:00:00Z"), ZoneOffset.UTC);
        FillGuest onThatDay = new FillGuest(database, owners, config, past);
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                onThatDay.fill(connection, owner);
                return Rows.list(
                                connection,
                                "SELECT balance FROM ledger_account WHERE owner_id = ? AND kind = 'promo'",
                                row -> Credits.micro(row.getLong("balance")),
                                owner)
                        .getFirst();
            } finally {
                connection.rollback();
            }
        }
    }

    private void clean() {
        assertThat(verify.verify())
                .allSatisfy(finding -> assertThat(finding.differences())
                        .as(finding.rule().promise())
                        .isZero());
    }
}
