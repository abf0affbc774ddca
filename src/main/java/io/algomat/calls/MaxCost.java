package io.algomat.calls;

import io.algomat.catalog.CallableVersion;
import io.algomat.platform.Credits;
import io.algomat.platform.ErrorCode;
import io.algomat.platform.Problem;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A caller's limit of what one call may cost, turned into the time that it leaves. */
final class MaxCost {
    private MaxCost() {}

    /**
     * The time in which a call cannot cost more than that: its royalty is paid first, the rest pays compute.
     *
     * @param most null when there is no limit
     * @throws Problem payment-required, with required and given, when not even a millisecond of it is covered
     */
    static Duration within(@Nullable Credits most, CallableVersion version, boolean royaltyFree, Duration timeout) {
        if (most == null) {
            return timeout;
        }
        Credits royalty = royaltyFree ? Credits.ZERO : version.price().royalty();
        // The gateway itself runs a pipeline, and computes nothing that is billed.
        Credits rate = version.pipeline() == null ? version.price().ratePerMs() : Credits.ZERO;
        Credits least = royalty.plus(rate);
        if (most.compareTo(least) < 0) {
            throw tooLittle(version, least, most);
        }
        if (rate.isZero()) {
            return timeout;
        }
        Duration covered = Duration.ofMillis(most.minus(royalty).micro() / rate.micro());
        return covered.compareTo(timeout) < 0 ? covered : timeout;
    }

    private static Problem tooLittle(CallableVersion version, Credits least, Credits most) {
        return Problem.of(
                        ErrorCode.PAYMENT_REQUIRED,
                        "A call of " + version.exactPath() + " costs at least " + least
                                + " credits, and Max-Cost gives " + most + ". It was not charged.")
                .with("required", least.toString())
                .with("given", most.toString());
    }
}
