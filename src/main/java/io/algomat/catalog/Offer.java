package io.algomat.catalog;

import io.algomat.platform.Credits;
import io.algomat.platform.Price;
import io.algomat.platform.Problem;
import io.algomat.platform.UnitPrice;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What one step would make of a draft: its number, and what its price may be. A revision keeps the price of the version
 * before it; a raise needs at least a minor step; free becomes paid only with a major one.
 *
 * @param before the price of the newest version, or null for the first publication
 * @param site the site's compute rate and share today, copied into the version unless it keeps an older price
 */
public record Offer(
        Step step, VersionNumber number, @Nullable Price before, Price site) {

    /** Whether the publisher has no choice: the price before stays. */
    public boolean keepsPrice() {
        return step == Step.REVISION && before != null;
    }

    /** What is charged with this royalty and the manifest's unit price. */
    public Price price(Credits royalty, @Nullable UnitPrice unit) {
        if (before != null && keepsPrice()) {
            return before;
        }
        return new Price(royalty, site.ratePerMs(), site.takeBps(), unit);
    }

    /** @throws Problem invalid, saying which step would allow it */
    public void requireAllowed(Credits royalty, @Nullable UnitPrice unit) {
        if (royalty.isNegative()) {
            throw Problem.invalid("royalty", "The royalty is below zero; expected 0 or more credits per call");
        }
        if (royalty.compareTo(Publication.HIGHEST_ROYALTY) > 0) {
            throw Problem.invalid(
                    "royalty", "The royalty is too high; expected at most " + Publication.HIGHEST_ROYALTY + " credits");
        }
        if (before == null) {
            return;
        }
        Credits old = before.royalty();
        if (step == Step.REVISION && !royalty.equals(old)) {
            throw Problem.invalid(
                    "royalty",
                    "A revision keeps the price of " + old + " credits; choose a minor or major step to change it");
        }
        if (step == Step.REVISION && !Objects.equals(unit, before.unit())) {
            throw Problem.invalid(
                    "step",
                    "A revision keeps the unit price, " + shown(before.unit()) + ", and algomat.yaml says "
                            + shown(unit) + "; choose a minor or major step to change it");
        }
        if (step != Step.MAJOR && before.free()) {
            if (!royalty.isZero()) {
                throw Problem.invalid(
                        "royalty", "What was free becomes paid only with a major step; choose major, or royalty 0");
            }
            if (unit != null) {
                throw Problem.invalid(
                        "step",
                        "What was free becomes paid only with a major step; choose major, or take price.unit out of"
                                + " algomat.yaml");
            }
        }
    }

    private static String shown(@Nullable UnitPrice unit) {
        return unit == null ? "none" : unit.toString();
    }
}
