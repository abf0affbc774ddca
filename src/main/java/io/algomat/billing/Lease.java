package io.algomat.billing;

import io.algomat.platform.Credits;

/** What a gateway has borrowed of one owner's credit and what of it its charges have spent, both since its epoch began. */
record Lease(Credits granted, Credits spent) {
    static final Lease NONE = new Lease(Credits.ZERO, Credits.ZERO);

    Credits unspent() {
        return granted.minus(spent);
    }

    Lease granted(Credits now) {
        return new Lease(now, spent);
    }

    Lease spend(Credits amount) {
        return new Lease(granted, spent.plus(amount));
    }
}
