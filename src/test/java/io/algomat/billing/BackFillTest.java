package io.algomat.billing;

import static org.assertj.core.api.Assertions.assertThat;

import io.algomat.platform.Credits;
import io.algomat.platform.Ids;
import io.algomat.platform.Price;
import io.algomat.platform.UnitPrice;
import io.algomat.platform.Units;
import io.algomat.testing.Money;
import io.algomat.testing.People;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What was booked before reports told of refunds and units is in them once the ledger is migrated (V0200). */
class BackFillTest {
    @RegisterExtension
    static final LedgerBeans BEFORE = new LedgerBeans("0196");

    private static final Price BY_THE_PAGE =
            new Price(Credits.of(1), Credits.ZERO, 1500, new UnitPrice("pages", Credits.of(2), 1, Units.of(10)));

    @Inject
    Billing billing;

    @Inject
    RefundCharge refund;

    @Inject
    FoldCharges fold;

    @Inject
    ChargeReport report;

    @Inject
    VerifyLedger verify;

    @Inject
    Money money;

    @Inject
    People people;

    @Inject
    LedgerCluster.Ledger ledger;

    @Test
    void reportsTellOfRefundsAndUnitsThatWereBookedBefore() {
        long caller = money.ownerWithoutCredit();
        long publisher = money.ownerWithoutCredit();
        money.fund(caller, Credits.of(100));
        Charge folded = byThePage(caller, publisher, 3);
        Charge simple = billing.capture(billing.hold(Calls.royaltyOnly(caller, publisher, 4_000_000)), 1);
        refund(folded, "2");
        fold.fold();
        byThePage(caller, publisher, 4);
        refund(simple, "");

        ledger.migrate();

        assertThat(verify.verify()).allMatch(finding -> finding.differences() == 0);
        Figures total = total(caller);
        assertThat(total.calls()).isEqualTo(3);
        assertThat(total.sums().gross()).isEqualTo(Credits.of(7 + 4 + 9));
        assertThat(total.givenBack().amount()).isEqualTo(Credits.of(6));
        assertThat(total.counted().units()).isEqualTo(Map.of("pages", Units.of(7)));
    }

    private Charge byThePage(long caller, long publisher, int pages) {
        Hold hold = billing.hold(Calls.of(caller, publisher, BY_THE_PAGE, 1000, false));
        return billing.capture(hold, new Usage(1, Units.of(pages)));
    }

    private void refund(Charge charge, String amount) {
        refund.refund(people.administrator(), charge.callId(), amount, "It answered nonsense", Ids.random("form"));
    }

    private Figures total(long caller) {
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        Period period = new Period(today.minusDays(1), today.plusDays(1));
        return report.read(
                        Slice.of(new Whose.Callers(caller)),
                        period,
                        Dimension.ALGORITHM,
                        ReportOrder.GROSS,
                        false,
                        1,
                        9)
                .total();
    }
}
