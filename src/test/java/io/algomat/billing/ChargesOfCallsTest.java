package io.algomat.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.algomat.platform.Credits;
import io.algomat.platform.Price;
import io.algomat.platform.Sql;
import io.algomat.platform.UnitPrice;
import io.algomat.platform.Units;
import io.algomat.testing.Money;
import jakarta.inject.Inject;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(LedgerBeans.class)
class ChargesOfCallsTest {
    @Inject
    ChargesOfCalls calls;

    @Inject
    Billing billing;

    @Inject
    Money money;

    @Inject
    VerifyLedger verify;

    @Inject
    Sql sql;

    private long caller;
    private long publisher;

    @BeforeEach
    void owners() {
        caller = money.ownerWithoutCredit();
        publisher = money.ownerWithoutCredit();
        money.fund(caller, Credits.of(10));
    }

    private Hold hold() {
        return billing.hold(Calls.royaltyOnly(caller, publisher, 1_000_000));
    }

    @Test
    void aChargeIsFoundByItsCallerAlone() {
        Charge charge = billing.capture(hold(), 7);

        assertThat(calls.find(charge.callId(), caller)).contains(charge);
        assertThat(calls.findOrVoid(charge.callId(), caller)).contains(charge);
        assertThat(calls.find(charge.callId(), publisher)).isEmpty();
        assertThat(voided(charge.callId())).isZero();
    }

    /** One credit, two for each of three pages, and a thousandth for the time. */
    @ParameterizedTest
    @CsvSource({"false, 7.001", "true, 0.001"})
    void whatWasCountedIsFoundWithItsCharge(boolean royaltyFree, String total) {
        Price price = new Price(
                Credits.of(1), Credits.micro(1000), 1500, new UnitPrice("pages", Credits.of(2), 1, Units.of(4)));

        Charge charge = billing.capture(
                billing.hold(Calls.of(caller, publisher, price, 10, royaltyFree)), new Usage(1, Units.reported(3)));

        assertThat(charge.total()).isEqualTo(Credits.parse(total));
        assertThat(calls.find(charge.callId(), caller)).contains(charge);
    }

    @Test
    void whatIsOnlyLookedForMayYetBeCharged() {
        Hold running = hold();
        UUID call = running.request().callId();

        assertThat(calls.find(call, caller)).isEmpty();
        Charge charge = billing.capture(running, 1);

        assertThat(calls.find(call, caller)).contains(charge);
    }

    @Test
    void aCallThatWasNotChargedNeverIsOnceThatIsSettled() {
        UUID call = hold().request().callId();
        assertThat(calls.findOrVoid(call, caller)).isEmpty();
        assertThat(calls.findOrVoid(call, caller)).isEmpty();
        assertThat(voided(call)).isEqualTo(1);

        assertThatThrownBy(() -> sql.update("""
                        INSERT INTO charge (call_id, caller_id, publisher_id, version_id, algorithm, version, device, billed_ms,
                            held, royalty, fee, compute, promo, royalty_free, price_royalty, rate_per_ms, take_bps)
                        VALUES (?, ?, ?, -1, 'x/a', '1.0.0', 'cpu', 1, 0, 0, 0, 0, 0, false, 0, 0, 1500)
                        """, call, caller, publisher))
                .hasStackTraceContaining("the call was given up");
        assertThat(calls.find(call, caller)).isEmpty();
        assertThat(verify.verify())
                .allSatisfy(finding -> assertThat(finding.differences())
                        .as(finding.rule().promise())
                        .isZero());
    }

    private long voided(UUID call) {
        return sql.count("SELECT count(*) FROM voided_call WHERE call_id = ?", call);
    }
}
