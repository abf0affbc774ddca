package io.algomat.billing;

import io.algomat.platform.Credits;
import io.algomat.platform.UnitPrice;
import io.algomat.platform.Units;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a call cost, committed. {@code total = royalty + compute}; the publisher gets {@code royalty − fee}.
 *
 * @param promo the part of the total that was paid from promo credit
 * @param metered null where the price is not by the unit
 * @param nested what the calls below it cost, each for itself; charged in the same transaction
 */
public record Charge(
        UUID callId,
        Credits total,
        Credits royalty,
        Credits fee,
        Credits compute,
        Credits promo,
        long billedMillis,
        @Nullable Metered metered,
        List<Charge> nested) {

    /**
     * What was paid for what the algorithm reported; a part of the royalty.
     *
     * @param cost nothing where the algorithm was the caller's own
     */
    public record Metered(String metric, Units units, Credits cost) {
        static @Nullable Metered of(Due due) {
            UnitPrice unit = due.request().price().unit();
            if (unit == null) {
                return null;
            }
            Units units = due.cost().units();
            return new Metered(unit.metric(), units, due.request().royaltyFree() ? Credits.ZERO : unit.of(units));
        }
    }

    public Charge {
        nested = List.copyOf(nested);
    }

    public Charge(
            UUID callId,
            Credits total,
            Credits royalty,
            Credits fee,
            Credits compute,
            Credits promo,
            long billedMillis) {
        this(callId, total, royalty, fee, compute, promo, billedMillis, null, List.of());
    }

    /** @param dues the root call's first */
    static Charge of(List<Due> dues, Split split) {
        List<Charge> nested = new ArrayList<>();
        for (int i = 1; i < dues.size(); i++) {
            nested.add(of(dues.get(i), split.promo().get(i), List.of()));
        }
        return of(dues.getFirst(), split.promo().getFirst(), nested);
    }

    private static Charge of(Due due, Credits promo, List<Charge> nested) {
        Cost cost = due.cost();
        return new Charge(
                due.request().callId(),
                cost.total(),
                cost.royalty(),
                cost.fee(),
                cost.compute(),
                promo,
                cost.billedMillis(),
                Metered.of(due),
                nested);
    }

    /** What the caller paid for everything: this call and all below it. */
    public Credits whole() {
        return nested.stream().map(Charge::whole).reduce(total, Credits::plus);
    }

    /** The part of the whole that was paid from promo credit. */
    public Credits wholePromo() {
        return nested.stream().map(Charge::wholePromo).reduce(promo, Credits::plus);
    }
}
