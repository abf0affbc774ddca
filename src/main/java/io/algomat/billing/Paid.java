package io.algomat.billing;

import io.algomat.platform.Credits;
import java.util.List;

/**
 * The charges of one root call, with the credit that pays them.
 *
 * @param dues the root call's first
 */
record Paid(List<Due> dues, Split split, Accounts.Of caller, List<Accounts.Of> publishers) {
    /** What it moves, added to what others move. */
    void addTo(Posting.Legs legs, Accounts.Of site) {
        for (int i = 0; i < dues.size(); i++) {
            Cost cost = dues.get(i).cost();
            Credits promo = split.promo().get(i);
            Credits funded = cost.total().minus(promo);
            Credits payable = cost.publisherShare().min(funded);
            Accounts.Of publisher = publishers.get(i);
            legs.add(caller.id(AccountKind.PROMO), promo.negate())
                    .add(caller.id(AccountKind.FUNDED), funded.negate())
                    .add(publisher.id(AccountKind.EARNINGS), payable)
                    .add(
                            publisher.id(AccountKind.EARNINGS_UNFUNDED),
                            cost.publisherShare().minus(payable))
                    .add(site.id(AccountKind.SITE_FEE), cost.fee())
                    .add(site.id(AccountKind.SITE_COMPUTE), cost.compute());
        }
    }

    Charge charge() {
        return Charge.of(dues, split);
    }
}
