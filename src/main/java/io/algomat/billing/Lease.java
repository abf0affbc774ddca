package io.algomat.billing;

import io.algomat.platform.Credits;

/**
 * What a gateway has borrowed of one owner's credit and what of it its charges have spent, both since its epoch began.
 *
 * @param version what was sent under an older one, and comes late, changes nothing
 */
record Lease(Credits granted, Credits spent, long version) {
    static final Lease NONE = new Lease(Credits.ZERO, Credits.ZERO, 0);

    Credits unspent() {
        return granted.minus(spent);
    }

    Lease granted(Credits now) {
        return new Lease(now, spent, version);
    }

    Lease spend(Credits amount) {
        return new Lease(granted, spent.plus(amount), version);
    }
}
