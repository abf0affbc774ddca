package io.algomat.testing;

import io.algomat.billing.Billing;
import io.algomat.billing.Charge;
import io.algomat.billing.HoldRequest;
import io.algomat.platform.Credits;
import io.algomat.platform.Ids;
import io.algomat.platform.Price;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** Charges for tests of reports, booked by the product's own billing without a call behind them. */
@ApplicationScoped
public class Charges {
    /** No version of the catalogue, so that no other price is fixed for it. */
    private static final long NO_VERSION = -1;

    private final Billing billing;
    private final Clock clock;

    Charges(Billing billing, Clock clock) {
        this.billing = billing;
        this.clock = clock;
    }

    /** A royalty in micro-credits at a fee of 15 %, and compute at 1000 µcr a millisecond. */
    public Charge charge(
            long caller, @Nullable Long keyId, long publisher, String algorithm, long royaltyMicro, long millis) {
        Price price = new Price(Credits.micro(royaltyMicro), Credits.micro(1000), 1500);
        HoldRequest request = new HoldRequest(
                Ids.newCallId(clock),
                caller,
                keyId,
                publisher,
                NO_VERSION,
                algorithm,
                "1.0.0",
                "cpu",
                price,
                millis,
                false);
        return billing.capture(billing.hold(request), millis);
    }
}
