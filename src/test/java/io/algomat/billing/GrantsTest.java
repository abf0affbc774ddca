package io.algomat.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.algomat.accounts.Caller;
import io.algomat.platform.Credits;
import io.algomat.platform.ErrorCode;
import io.algomat.platform.Ids;
import io.algomat.platform.Problem;
import io.algomat.platform.Sql;
import io.algomat.testing.Accounts;
import io.algomat.testing.Money;
import io.algomat.testing.People;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Credit that administrators give, and what owners are told of theirs. */
@ExtendWith(LedgerBeans.class)
class GrantsTest {
    @Inject
    GrantCredit grantCredit;

    @Inject
    GrantHistory history;

    @Inject
    Billing billing;

    @Inject
    People people;

    @Inject
    VerifyLedger verify;

    @Inject
    Money money;

    @Inject
    Sql sql;

    @Inject
    DataSource database;

    private Accounts.User user;
    private Caller administrator;

    @BeforeEach
    void people() {
        user = people.user();
        administrator = people.administrator();
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
        money.promo(user.ownerId(), Credits.of(10_000));
        assertThatThrownBy(() -> billing.hold(Calls.royaltyOnly(user.ownerId(), user.ownerId(), 10_001_000_000L)))
                .isInstanceOf(Problem.class);

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
        String once = Ids.random("grant");

        grantCredit.grant(administrator, user.name(), "5", "because", once);
        assertThatThrownBy(() -> grantCredit.grant(administrator, user.name(), "5", "because", once))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo(ErrorCode.CONFLICT));

        assertThat(money.of(user.ownerId()).funded()).isEqualTo(Credits.of(5));
        assertThat(sql.count("SELECT count(*) FROM audit WHERE subject = ?", "owner:" + user.name()))
                .isEqualTo(1);
        clean();
    }

    @Test
    void theNewestFiftyChangesOfCreditAreToldButNoCalls() {
        money.promo(user.ownerId(), Credits.of(100));
        money.fund(user.ownerId(), Credits.of(1));
        billing.capture(billing.hold(Calls.royaltyOnly(user.ownerId(), user.ownerId(), 1_000_000)), 1);
        assertThat(history.of(user.ownerId()))
                .extracting(GrantHistory.Grant::amount, GrantHistory.Grant::promo)
                .containsExactly(tuple(Credits.of(1), false), tuple(Credits.of(100), true));

        for (int i = 1; i <= 50; i++) {
            money.fund(user.ownerId(), Credits.micro(i));
        }

        assertThat(history.of(user.ownerId())).hasSize(50);
        assertThat(history.of(user.ownerId()).getFirst().amount()).isEqualTo(Credits.micro(50));
        assertThat(history.of(user.ownerId()).getLast().amount()).isEqualTo(Credits.micro(1));
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
        assertThatThrownBy(() -> grantCredit.grant(administrator, user.name(), amount, reason, Ids.random("grant")))
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
        assertThatThrownBy(() -> grantCredit.grant(administrator, user.name(), "5", "because", once))
                .isInstanceOfSatisfying(
                        Problem.class,
                        problem ->
                                assertThat(problem.errors().getFirst().where()).isEqualTo("once"));

        assertThat(money.of(user.ownerId()).funded()).isEqualTo(Credits.ZERO);
    }

    @Test
    void nobodyButAnAdministratorGrants() {
        assertThatThrownBy(() -> grantCredit.grant(user.caller(), user.name(), "5", "because", Ids.random("grant")))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo(ErrorCode.NOT_FOUND));
        assertThatThrownBy(() ->
                        grantCredit.grant(administrator, Ids.random("nobody"), "5", "because", Ids.random("grant")))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo(ErrorCode.NOT_FOUND));
    }

    private void clean() {
        assertThat(verify.verify())
                .allSatisfy(finding -> assertThat(finding.differences())
                        .as(finding.rule().promise())
                        .isZero());
    }
}
