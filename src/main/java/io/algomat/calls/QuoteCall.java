package io.algomat.calls;

import io.algomat.accounts.Caller;
import io.algomat.catalog.CallableVersion;
import io.algomat.catalog.VersionResolver;
import io.algomat.platform.Credits;
import io.algomat.platform.Price;
import io.algomat.platform.UnitPrice;
import io.algomat.platform.Units;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

/** Tells before a call what it costs. */
@ApplicationScoped
public class QuoteCall {
    /**
     * @param royaltyFree whether the reader calls an algorithm of its own
     * @param heldMillis compute time that the hold covers; time beyond is not billed
     */
    public record Quote(CallableVersion version, boolean royaltyFree, long heldMillis) {
        /** What is set aside for a call: the most that it can cost. */
        public Credits hold() {
            UnitPrice unit = version.price().unit();
            return costOf(heldMillis, unit == null ? Units.ZERO : unit.most());
        }

        /** What a call costs that computes for so long and reports so much; what it calls comes on top. */
        public Credits costOf(double millis, Units units) {
            Price price = version.price();
            long billed = version.pipeline() == null ? Math.min(heldMillis, (long) Math.ceil(millis)) : 0;
            Credits royalty = royaltyFree ? Credits.ZERO : price.royalty(units);
            return royalty.plus(price.ratePerMs().times(billed));
        }
    }

    private final VersionResolver versions;
    private final ChargeCall credit;

    QuoteCall(VersionResolver versions, ChargeCall credit) {
        this.versions = versions;
        this.credit = credit;
    }

    /**
     * @param segment as in the address of a call
     * @param caller null for a visitor
     * @throws io.algomat.platform.Problem not-found, as the call itself would be
     */
    public Quote quote(String owner, String name, @Nullable String segment, @Nullable Caller caller) {
        CallableVersion version = versions.resolve(owner, name, segment, caller);
        boolean own = caller != null && caller.actsFor(version.ownerId());
        return new Quote(version, own, credit.heldMillis(version, version.timeout()));
    }
}
