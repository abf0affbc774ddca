package io.algomat.billing;

import io.algomat.platform.Credits;

/**
 * What an owner has in the ledger, running calls not counted.
 *
 * @param promo given by the site, spent first
 * @param funded paid for
 * @param earnings royalties that callers paid from funded credit: payable
 * @param earningsUnfunded royalties that callers paid from promo credit: shown, not payable
 */
public record Balance(Credits promo, Credits funded, Credits earnings, Credits earningsUnfunded) {
    public Credits spendable() {
        return promo.plus(funded);
    }
}
