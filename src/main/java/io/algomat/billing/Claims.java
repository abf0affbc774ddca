package io.algomat.billing;

/** Under what this gateway borrows. */
interface Claims {
    /** @throws io.algomat.platform.Problem database-away, when it has yet to make itself known */
    Claim claim();

    boolean is(Claim one);

    /** This epoch is over; the next claim is under a new one. */
    void lost(Claim over);
}
