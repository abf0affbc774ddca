package io.algomat.web.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.algomat.calls.QuoteCall.Quote;
import io.algomat.catalog.AlgorithmView;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a call costs. Amounts are decimal credits.
 *
 * @param version the one that the asked segment means now, and that all figures are of
 * @param royaltyFree whether the asking key owns it, and so pays no royalty; {@code royalty} is what others pay
 * @param unit what is asked beside it by what the algorithm reports; absent for nothing
 * @param ratePerMs for each millisecond of compute on the device, rounded up
 * @param hold what is set aside before a call: the most that it can cost, without what it calls
 * @param heldMs compute time that the hold covers; time beyond is not billed
 * @param estimate for the asking key, without what it calls; absent while no call was measured
 * @param announced a raise for callers who name no exact version; absent for none
 * @param calls the algorithms that it may call, which are paid beside it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PricingJson(
        String algorithm,
        String version,
        String device,
        String royalty,
        @Nullable UnitPriceJson unit,
        String ratePerMs,
        boolean royaltyFree,
        String hold,
        long heldMs,
        long timeoutMs,
        @Nullable Estimate estimate,
        @Nullable Announced announced,
        List<String> calls,
        List<Version> versions) {

    /**
     * From the last thousand calls that succeeded.
     *
     * @param median what half of them would cost at most
     * @param p99 what 99 of 100 would cost at most
     * @param medianUnits decimal, of the metric that the price names; absent where it names none
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Estimate(
            String median,
            String p99,
            double medianMs,
            double p99Ms,
            @Nullable String medianUnits,
            @Nullable String p99Units) {}

    /** @param from when callers who name no version begin to get this one */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Announced(
            String version, String royalty, @Nullable UnitPriceJson unit, String ratePerMs, Instant from) {}

    /** The price of each version, newest first; it never changes. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Version(
            String version,
            String visibility,
            String royalty,
            @Nullable UnitPriceJson unit,
            String ratePerMs,
            String about,
            boolean deprecated) {}

    static PricingJson of(Quote quote, AlgorithmView view) {
        AlgorithmView.VersionView line = view.shown().version();
        Estimate estimate = line.succeeded() == 0
                ? null
                : new Estimate(
                        quote.costOf(line.medianMs(), line.medianUnits()).toString(),
                        quote.costOf(line.p99Ms(), line.p99Units()).toString(),
                        line.medianMs(),
                        line.p99Ms(),
                        line.price().unit() == null ? null : line.medianUnits().toString(),
                        line.price().unit() == null ? null : line.p99Units().toString());
        return new PricingJson(
                view.path(),
                line.version(),
                view.shown().device(),
                line.price().royalty().toString(),
                UnitPriceJson.of(line.price().unit()),
                line.price().ratePerMs().toString(),
                quote.royaltyFree(),
                quote.hold().toString(),
                quote.heldMillis(),
                view.shown().timeout().toMillis(),
                estimate,
                announced(view),
                view.shown().calls(),
                view.versions().stream().map(PricingJson::version).toList());
    }

    private static @Nullable Announced announced(AlgorithmView view) {
        AlgorithmView.VersionView raise = view.raise();
        Instant from = raise == null ? null : raise.announced();
        return raise == null || from == null
                ? null
                : new Announced(
                        raise.version(),
                        raise.price().royalty().toString(),
                        UnitPriceJson.of(raise.price().unit()),
                        raise.price().ratePerMs().toString(),
                        from);
    }

    private static Version version(AlgorithmView.VersionView line) {
        return new Version(
                line.version(),
                line.isPublic() ? "public" : "private",
                line.price().royalty().toString(),
                UnitPriceJson.of(line.price().unit()),
                line.price().ratePerMs().toString(),
                line.about().toString(),
                line.deprecated());
    }
}
