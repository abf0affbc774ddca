package io.algomat.web.publishing;

import io.algomat.catalog.Offer;
import io.algomat.platform.Credits;
import io.algomat.platform.Price;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What a call would cost and what its publisher would get.
 *
 * @param price null when the royalty is not allowed
 * @param fault why it is not; empty when it is
 */
public record PricePreview(String version, @Nullable Price price, double medianMs, String fault) {
    static PricePreview of(Offer offer, Price price, double medianMs) {
        return new PricePreview(offer.number().toString(), price, medianMs, "");
    }

    static PricePreview refused(Offer offer, String fault) {
        return new PricePreview(offer.number().toString(), null, 0, fault);
    }

    /** Rounded up to the next whole millisecond, as calls are billed. */
    public long millis() {
        return Math.max(1, (long) Math.ceil(medianMs));
    }

    public @Nullable Credits about() {
        return price == null ? null : price.about(millis());
    }

    public @Nullable Credits compute() {
        return price == null ? null : price.ratePerMs().times(millis());
    }

    public @Nullable Credits share() {
        return price == null ? null : price.royalty().minus(price.fee());
    }

    /** The site's share in percent, such as 15 or 12.5. */
    public String feePercent() {
        int bps = price == null ? 0 : price.takeBps();
        return BigDecimal.valueOf(bps, 2).stripTrailingZeros().toPlainString() + " %";
    }
}
