package io.algomat.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.algomat.accounts.Caller;
import io.algomat.accounts.OwnerCreated;
import io.algomat.accounts.Owners;
import io.algomat.accounts.Scope;
import io.algomat.platform.Credits;
import io.algomat.platform.ErrorCode;
import io.algomat.platform.Ids;
import io.algomat.platform.Problem;
import io.algomat.platform.Sql;
import io.algomat.testing.Accounts;
import io.algomat.testing.Money;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class GrantsTest {
    @Inject
    GrantCredit grantCredit;

    @Inject
    FillGuest fillGuest;

    @Inject
    GrantHistory history;

    @Inject
    Billing billing;

    @Inject
    Owners owners;

    @Inject
    Event<OwnerCreated> created;

    @Inject
    Money money;

    @Inject
    Sql sql;

    @Inject
    DataSource database;

    @Inject
    BillingConfig config;

    @Inject
    Event<CreditArrived> arrived;

    @Test
    void aNewUserIsGivenTheSignUpGrantExactlyOnce() {
        Accounts.User user = Accounts.user("granted");
        assertThat(money.of(user.ownerId()).promo()).isEqualTo(Credits.of(10_000));

        QuarkusTransaction.requiringNew()
                .run(() -> created.fire(new OwnerCreated(user.ownerId(), user.name(), false, false)));

        assertThat(money.of(user.ownerId()).promo()).isEqualTo(Credits.of(10_000));
        assertThat(history.of(user.ownerId()))
                .extracting(GrantHistory.Grant::kind)
                .containsExactly("sign_up");
    }

    @Test
    void anOrganisationIsGivenNothing() {
        long organisation = money.ownerWithoutCredit();
        QuarkusTransaction.requiringNew().run(() -> created.fire(new OwnerCreated(organisation, "any", true, false)));

        assertThat(money.of(organisation).spendable()).isEqualTo(Credits.ZERO);
    }

    @Test
    void anOwnerWhoseMakingIsRolledBackLeavesNoGrant() {
        long owner = money.ownerWithoutCredit();
        QuarkusTransaction.begin();
        created.fire(new OwnerCreated(owner, "any", false, false));
        QuarkusTransaction.rollback();

        assertThat(money.of(owner).promo()).isEqualTo(Credits.ZERO);
        assertThat(billing.available(owner)).isEqualTo(Credits.ZERO);
    }

    @Test
    void theGuestsAllowanceIsBookedOnceADay() throws SQLException {
        Caller guest = owners.guest();
        Credits before = money.of(guest.ownerId()).promo();
        assertThat(before).isGreaterThan(Credits.ZERO);

        fillGuest.fillDaily();
        fillGuest.fillDaily();

        assertThat(money.of(guest.ownerId()).promo()).isEqualTo(before);
        assertThat(sql.count("SELECT count(*) FROM posting WHERE kind = 'guest_allowance'"))
                .isEqualTo(1);
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
    }

    /** On a day whose allowance was not booked, with all that was ever spent after its beginning; nothing is committed. */
    private Credits afterFilling(long owner) throws SQLException {
        Clock past = Clock.fixed(Instant.parse("2020-02-02T12:00:00Z"), ZoneOffset.UTC);
        FillGuest onThatDay = new FillGuest(database, owners, config, past, arrived);
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

    @Test
    void aGrantOfNothingBooksNothing() throws SQLException {
        String source = Ids.random("nothing");
        Posting.Legs legs = new Posting.Legs().add(1, Credits.ZERO);
        try (Connection connection = database.getConnection()) {
            assertThat(new Posting("sign_up", source, null, null, legs).book(connection))
                    .isFalse();
        }
        assertThat(sql.count("SELECT count(*) FROM posting WHERE source = ?", source))
                .isZero();
    }

    @Test
    void anAdministratorGrantsFundedCreditWithAReasonAndAnAuditRow() {
        Accounts.User user = Accounts.user("granted");
        assertThatThrownBy(() -> billing.hold(Calls.royaltyOnly(user.ownerId(), user.ownerId(), 10_001_000_000L)))
                .isInstanceOf(Problem.class);
        Caller administrator = administrator();

        grantCredit.grant(administrator, user.name().toUpperCase(), "1.5", " Invoice 17 ", Ids.random("grant"));

        assertThat(money.of(user.ownerId()).funded()).isEqualTo(Credits.parse("1.5"));
        assertThat(billing.available(user.ownerId())).isEqualTo(Credits.parse("10001.5"));
        assertThat(history.of(user.ownerId()).getFirst().reason()).isEqualTo("Invoice 17");
        List<String> audit = sql.list(
                "SELECT actor_id || ' ' || act || ' ' || reason AS row FROM audit WHERE subject = ?",
                row -> row.getString("row"),
                "owner:" + user.name());
        assertThat(audit).containsExactly(administrator.ownerId() + " credit.grant 1.5 credits: Invoice 17");
    }

    @Test
    void aFormThatIsSentTwiceGrantsOnce() {
        Accounts.User user = Accounts.user("granted");
        String once = Ids.random("grant");

        grantCredit.grant(administrator(), user.name(), "5", "because", once);
        assertThatThrownBy(() -> grantCredit.grant(administrator(), user.name(), "5", "because", once))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo(ErrorCode.CONFLICT));

        assertThat(money.of(user.ownerId()).funded()).isEqualTo(Credits.of(5));
        assertThat(sql.count("SELECT count(*) FROM audit WHERE subject = ?", "owner:" + user.name()))
                .isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "0, any, amount",
        "-5, any, amount",
        "1.0000001, any, amount",
        "ten, any, amount",
        "1000000001, any, amount",
        "5, ' ', reason"
    })
    void aGrantThatMakesNoSenseNamesItsFieldAndBooksNothing(String amount, String reason, String field) {
        Accounts.User user = Accounts.user("granted");

        assertThatThrownBy(() -> grantCredit.grant(administrator(), user.name(), amount, reason, Ids.random("grant")))
                .isInstanceOfSatisfying(
                        Problem.class,
                        problem ->
                                assertThat(problem.errors().getFirst().where()).isEqualTo(field));

        assertThat(money.of(user.ownerId()).funded()).isEqualTo(Credits.ZERO);
    }

    /** Replaced by another, it would be booked each time that the same form is sent. */
    @ParameterizedTest
    @ValueSource(strings = {"", "short", "Upper_Case", "with space in it"})
    void aFormWithoutItsOnceIsRefused(String once) {
        Accounts.User user = Accounts.user("granted");

        assertThatThrownBy(() -> grantCredit.grant(administrator(), user.name(), "5", "because", once))
                .isInstanceOfSatisfying(
                        Problem.class,
                        problem ->
                                assertThat(problem.errors().getFirst().where()).isEqualTo("once"));

        assertThat(money.of(user.ownerId()).funded()).isEqualTo(Credits.ZERO);
    }

    @Test
    void nobodyButAnAdministratorGrants() {
        Accounts.User user = Accounts.user("granted");

        assertThatThrownBy(() -> grantCredit.grant(user.caller(), user.name(), "5", "because", Ids.random("grant")))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo(ErrorCode.NOT_FOUND));
        assertThatThrownBy(() ->
                        grantCredit.grant(administrator(), Ids.random("nobody"), "5", "because", Ids.random("grant")))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo(ErrorCode.NOT_FOUND));
    }

    private static Caller administrator() {
        Accounts.User user = Accounts.administrator("admin");
        return new Caller(user.ownerId(), user.name(), null, EnumSet.allOf(Scope.class), Set.of(), true, false);
    }
}
