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
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What administrators are told of a charge and its refunds, and whose word books one. What one moves is {@link RefundsTest}'s. */
@ExtendWith(LedgerBeans.class)
class RefundedTest {
    @Inject
    RefundCharge refund;

    @Inject
    Refunds refunds;

    @Inject
    Charges charges;

    @Inject
    Money money;

    @Inject
    People people;

    @Inject
    Sql sql;

    private Caller administrator;
    private Accounts.User ada;
    private UUID call;

    /** Of 12 credits 10 are the royalty and 2 compute; 5 were promo credit. */
    @BeforeEach
    void aCharge() {
        administrator = people.administrator();
        ada = people.user();
        money.promo(ada.ownerId(), Credits.of(5));
        money.fund(ada.ownerId(), Credits.of(20));
        call = charges.charge(ada.ownerId(), null, money.ownerWithoutCredit(), "x/a", 10_000_000, 2000)
                .callId();
    }

    private static ErrorCode refusal(ThrowingCallable act) {
        return catchThrowableOfType(Problem.class, act).code();
    }

    @Test
    void aChargeIsToldWithWhatWasGivenBack() {
        Instant before = Instant.now().minusSeconds(1);
        refund.refund(administrator, call, "2", " First ", Ids.random("form"));
        refund.refund(administrator, call, "0.5", "Second", Ids.random("form"));

        Refunds.Refundable charge = refunds.of(call);

        assertThat(charge.callId()).isEqualTo(call);
        assertThat(charge.call()).isEqualTo(Ids.callText(call));
        assertThat(charge.caller()).isEqualTo(ada.name());
        assertThat(charge.algorithm()).isEqualTo("x/a");
        assertThat(charge.version()).isEqualTo("1.0.0");
        assertThat(charge.sums())
                .isEqualTo(
                        new Sums(Credits.of(12), Credits.of(10), Credits.parse("1.5"), Credits.of(2), Credits.of(5)));
        assertThat(charge.left()).isEqualTo(Credits.parse("9.5"));
        assertThat(charge.at())
                .isAfter(before.minusSeconds(60))
                .isBefore(Instant.now().plusSeconds(1));
        assertThat(charge.refunds()).extracting(Refunds.Refund::reason).containsExactly("First", "Second");
        assertThat(charge.refunds())
                .extracting(Refunds.Refund::amount)
                .containsExactly(Credits.of(2), Credits.parse("0.5"));
        assertThat(charge.refunds()).allSatisfy(each -> assertThat(each.at()).isAfter(before));
    }

    @Test
    void eachRefundIsAudited() {
        refund.refund(administrator, call, "2", "First", Ids.random("form"));
        refund.refund(administrator, call, " ", "All the rest", Ids.random("form"));

        List<String> audited = sql.list(
                "SELECT act || ' ' || reason AS row FROM audit WHERE subject = ? AND actor_id = ? ORDER BY id",
                row -> row.getString("row"),
                "call:" + Ids.callText(call),
                administrator.ownerId());
        assertThat(audited).containsExactly("charge.refund 2 credits: First", "charge.refund 10 credits: All the rest");
    }

    @Test
    void nobodyButAnAdministratorGivesBackAndOnlyWhatWasCharged() {
        UUID unknown = Ids.newCallId(Clock.systemUTC());

        assertThat(refusal(() -> refund.refund(ada.caller(), call, "", "any", Ids.random("form"))))
                .isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(refusal(() -> refund.refund(administrator, unknown, "", "any", Ids.random("form"))))
                .isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(refusal(() -> refunds.of(unknown))).isEqualTo(ErrorCode.NOT_FOUND);
        for (String amount : List.of("0", "-1", "x", "12.000001")) {
            assertThat(refusal(() -> refund.refund(administrator, call, amount, "any", Ids.random("form"))))
                    .isEqualTo(ErrorCode.INVALID);
        }
        assertThat(refusal(() -> refund.refund(administrator, call, "1", " ", Ids.random("form"))))
                .isEqualTo(ErrorCode.INVALID);
        assertThat(refusal(() -> refund.refund(administrator, call, "1", "any", "x")))
                .isEqualTo(ErrorCode.INVALID);
        assertThat(refunds.of(call).left()).isEqualTo(Credits.of(12));
        assertThat(refunds.of(call).refunds()).isEmpty();
    }
}
