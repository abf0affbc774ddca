package io.algomat.billing;

import io.algomat.platform.Credits;

/**
 * Where gateways borrow credit. Nothing that is answered here lies about what is lent; an answer that is lost leaves open
 * whether it was, and {@link #read} tells. All fail with problem database-away, and when the claim's epoch is over with
 * problem overloaded.
 */
interface Leases {
    /**
     * What was answered to a wish.
     *
     * @param granted by the lease now; unchanged when there was not enough
     * @param available what is left that anybody may borrow
     * @param elsewhere what other gateways have borrowed and not spent; where there was not enough they are asked for it
     * @param small whether the account has too little for more than what is missing now
     */
    record Lent(Credits granted, Credits available, Credits elsewhere, boolean small) {}

    /**
     * Borrows what is missing, all of it or nothing.
     *
     * @param hold what the call sets aside that it is for
     * @param comfort as much as would spare asking again soon
     */
    Lent lend(Claim claim, long owner, Credits missing, Credits hold, Credits comfort);

    /** What the lease says, after all charges whose fate is known. */
    Lease read(Claim claim, long owner);

    /** Gives back what no call holds. */
    void giveBack(Claim claim, long owner, Credits amount);

    /** What the owner has, lent or not. */
    Credits spendable(long owner);
}
