package io.algomat.billing;

import io.algomat.platform.Credits;
import java.util.ArrayList;
import java.util.List;

/**
 * How the charges of one root call are paid from two kinds of credit. Promo credit is spent first; funded credit pays the
 * publishers first, so that as much as possible can be paid out.
 *
 * @param promo by charge, in their order
 */
record Split(List<Credits> promo) {
    static Split of(List<Due> dues, Credits promoPart) {
        Credits funded = total(dues).minus(promoPart);
        List<Credits> paid = new ArrayList<>();
        for (Due due : dues) {
            Credits part = due.cost().publisherShare().min(funded);
            paid.add(part);
            funded = funded.minus(part);
        }
        List<Credits> promo = new ArrayList<>();
        for (int i = 0; i < dues.size(); i++) {
            Credits rest = dues.get(i).cost().total().minus(paid.get(i));
            Credits more = rest.min(funded);
            funded = funded.minus(more);
            promo.add(rest.minus(more));
        }
        return new Split(List.copyOf(promo));
    }

    static Credits total(List<Due> dues) {
        return dues.stream().map(due -> due.cost().total()).reduce(Credits.ZERO, Credits::plus);
    }
}
