package io.algomat.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.algomat.accounts.Caller;
import io.algomat.platform.Credits;
import io.algomat.platform.ErrorCode;
import io.algomat.platform.Ids;
import io.algomat.platform.Problem;
import io.algomat.platform.Sql;
import io.algomat.testing.Accounts;
import io.algomat.testing.Charges;
import io.algomat.testing.Money;
import io.algomat.testing.People;
import jakarta.inject.Inject;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What administrators put right by hand: adjustments, their reversal, and royalties that the site makes payable. */
@ExtendWith(LedgerBeans.class)
class CorrectionsTest {
    @Inject
    AdjustCredit adjust;

    @Inject
    GrantCredit grant;

    @Inject
    FundEarnings fund;

    @Inject
    Billing billing;

    @Inject
    Charges charges;

    @Inject
    Money money;

    @Inject
    VerifyLedger verify;

    @Inject
    People people;

    @Inject
    Sql sql;

    private Caller administrator;
    private Accounts.User ada;

    @BeforeEach
    void people() {
        administrator = people.administrator();
        ada = people.user();
    }

    private void adjust(String amount) {
        adjust.adjust(administrator, ada.name(), amount, "It was wrong", Ids.random("form"));
    }

    private long newest(String kind) {
        return sql.count("SELECT max(id) FROM posting WHERE kind = ? AND actor_id = ?", kind, administrator.ownerId());
    }

    private static Problem refusal(ThrowingCallable act) {
        return catchThrowableOfType(Problem.class, act);
    }

    private static void conflict(ThrowingCallable act, String why) {
        Problem refused = refusal(act);
        assertThat(refused.code()).isEqualTo(ErrorCode.CONFLICT);
        assertThat(refused.detail()).contains(why);
    }

    private Credits funded() {
        return money.of(ada.ownerId()).funded();
    }

    private List<String> audited(String subject) {
        return sql.list(
                "SELECT act || ' ' || reason AS row FROM audit WHERE subject = ? AND actor_id = ? ORDER BY id",
                row -> row.getString("row"),
                subject,
                administrator.ownerId());
    }

    @Test
    void adjustmentsAreAnsweredAuditedAndDownToNothing() {
        assertThat(adjust.adjust(administrator, " " + ada.name() + " ", "7.5", " An apology ", Ids.random("form")))
                .isEqualTo(Credits.parse("7.5"));
        adjust("-7.5");

        assertThat(funded()).isEqualTo(Credits.ZERO);
        assertThat(audited("owner:" + ada.name()))
                .containsExactly("credit.adjust 7.5 credits: An apology", "credit.adjust -7.5 credits: It was wrong");
        conflict(() -> adjust("-0.000001"), "has 0 funded credits");
        clean();
    }

    @Test
    void aFormIsBookedOnceAndNobodysAccountIsAdjusted() {
        String once = Ids.random("form");
        adjust.adjust(administrator, ada.name(), "1", "once", once);
        conflict(() -> adjust.adjust(administrator, ada.name(), "1", "once", once), "sent before");
        assertThat(funded()).isEqualTo(Credits.of(1));

        Problem nobody =
                refusal(() -> adjust.adjust(administrator, Ids.random("nobody"), "1", "any", Ids.random("form")));
        assertThat(nobody.errors().getFirst().where()).isEqualTo("owner");
    }

    @Test
    void whatARunningCallHoldsIsNotTaken() {
        adjust("10");
        Hold running = billing.hold(Calls.royaltyOnly(ada.ownerId(), administrator.ownerId(), 4_000_000));

        conflict(() -> adjust("-7"), "has 6 funded credits that no call holds");
        adjust("-6");

        assertThat(billing.capture(running, 1).total()).isEqualTo(Credits.of(4));
        assertThat(funded()).isEqualTo(Credits.ZERO);
        clean();
    }

    @Test
    void whatAGatewayOnlyKeepsForCallsToComeIsTaken() {
        adjust("100");
        Hold over = billing.hold(Calls.royaltyOnly(ada.ownerId(), administrator.ownerId(), 1_000_000));
        billing.release(over);

        adjust("-100");

        assertThat(funded()).isEqualTo(Credits.ZERO);
        clean();
    }

    @Test
    void aDeductionIsReversedOnceWithAReason() {
        adjust("10");
        adjust("-4");
        long deduction = newest("adjustment");

        adjust.reverse(administrator, deduction, " Not so wrong ");

        assertThat(funded()).isEqualTo(Credits.of(10));
        assertThat(audited("posting:" + deduction)).containsExactly("posting.reverse Not so wrong");
        conflict(() -> adjust.reverse(administrator, deduction, "again"), "reversed before");
        assertThat(funded()).isEqualTo(Credits.of(10));
        clean();
    }

    @Test
    void aGrantThatWasSpentIsNotReversed() {
        grant.grant(administrator, ada.name(), "8", "A gift", Ids.random("form"));
        long gift = newest("credit_grant");
        charges.charge(ada.ownerId(), null, administrator.ownerId(), "x/a", 1, 0);

        conflict(() -> adjust.reverse(administrator, gift, "A mistake"), "has 7.999999 funded credits");
        adjust("0.000001");
        adjust.reverse(administrator, gift, "A mistake");

        assertThat(funded()).isEqualTo(Credits.ZERO);
        clean();
    }

    @Test
    void onlyGrantsAndAdjustmentsAreReversedAndByAdministrators() {
        grant.grant(administrator, ada.name(), "8", "A gift", Ids.random("form"));
        long gift = newest("credit_grant");
        adjust.reverse(administrator, gift, "A mistake");
        long reversal = newest("reversal");

        for (ThrowingCallable act : List.<ThrowingCallable>of(
                () -> adjust.reverse(administrator, reversal, "any"),
                () -> adjust.reverse(administrator, Long.MAX_VALUE, "any"),
                () -> adjust.reverse(ada.caller(), gift, "any"),
                () -> fund.fund(ada.caller(), ada.name(), "1", "any", Ids.random("form")))) {
            assertThat(refusal(act).code()).isEqualTo(ErrorCode.NOT_FOUND);
        }
        assertThat(refusal(() -> adjust.reverse(administrator, gift, " "))
                        .errors()
                        .getFirst()
                        .where())
                .isEqualTo("reason");
        assertThat(funded()).isEqualTo(Credits.ZERO);
    }

    /** A fee of 15 % of 10 credits leaves 8.5. */
    @Test
    void royaltiesFromPromoCreditAreFundedUpToTheLast() {
        long caller = money.ownerWithoutCredit();
        money.promo(caller, Credits.of(10));
        charges.charge(caller, null, ada.ownerId(), "x/a", 10_000_000, 0);
        String once = Ids.random("form");

        assertThat(fund.fund(administrator, " " + ada.name(), "2.5", "A campaign", once))
                .isEqualTo(Credits.parse("2.5"));
        conflict(() -> fund.fund(administrator, ada.name(), "2.5", "A campaign", once), "sent before");
        Problem tooMuch =
                refusal(() -> fund.fund(administrator, ada.name(), "6.000001", "A campaign", Ids.random("form")));
        assertThat(tooMuch.errors().getFirst().where()).isEqualTo("amount");
        assertThat(tooMuch.detail()).contains("has earned 6 credits from promo credit");
        fund.fund(administrator, ada.name(), "6", "The rest", Ids.random("form"));

        assertThat(money.of(ada.ownerId()))
                .isEqualTo(new Balance(Credits.ZERO, Credits.ZERO, Credits.parse("8.5"), Credits.ZERO));
        assertThat(audited("owner:" + ada.name()))
                .containsExactly("earnings.fund 2.5 credits: A campaign", "earnings.fund 6 credits: The rest");
        Problem nobody = refusal(() -> fund.fund(administrator, Ids.random("nobody"), "1", "any", Ids.random("form")));
        assertThat(nobody.errors().getFirst().where()).isEqualTo("owner");
        clean();
    }

    private void clean() {
        assertThat(verify.verify())
                .allSatisfy(finding -> assertThat(finding.differences())
                        .as(finding.rule().promise())
                        .isZero());
    }
}
