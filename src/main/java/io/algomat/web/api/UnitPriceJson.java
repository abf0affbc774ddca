package io.algomat.web.api;

import io.algomat.platform.UnitPrice;
import org.jspecify.annotations.Nullable;

/**
 * What is asked beside the royalty for what the algorithm reports.
 *
 * @param credits decimal, for so many units as {@code per} says
 * @param max the most units that a call pays
 */
public record UnitPriceJson(String metric, String credits, long per, long max) {
    static @Nullable UnitPriceJson of(@Nullable UnitPrice unit) {
        return unit == null
                ? null
                : new UnitPriceJson(
                        unit.metric(),
                        unit.credits().toString(),
                        unit.per(),
                        unit.most().whole());
    }
}
