package io.algomat.billing;

import io.algomat.platform.Credits;

/**
 * Where gateways borrow credit. Nothing that is answered here lies about what is lent; an answer that is lost leaves open
 * whether it was, and {@link #renew} tells. All fail with problem database-away, and when the claim's epoch is over with
 * problem overloaded.
 */
interface Leases {
    /**
     * What was answered to a wish.
     *
     * @param granted by the lease now; unchanged when there was not enough
     * @param version of the lease now; when it is not the one that was named, nothing was lent
     * @param available what is left that anybody may borrow
     * @param elsewhere what other gateways have borrowed and not spent; where there was not enough they are asked for it
     * @param small whether the account has too little for more than what is missing now
     */
    record Lent(Credits granted, long version, Credits available, Credits elsewhere, boolean small) {}

    /**
     * Borrows what is missing, all of it or nothing.
     *
     * @param hold what the call sets aside that it is for
     * @param comfort as much as would spare asking again soon
     */
    Lent lend(Claim claim, long owner, long version, Credits missing, Credits hold, Credits comfort);

    /** A new version of the lease, after all charges that are under way: what is under way of loans comes to nothing. */
    Lease renew(Claim claim, long owner);

    /**
     * Gives back what no call holds.
     *
     * @return false when nothing was given back, since the lease has another version
     */
    boolean giveBack(Claim claim, long owner, long version, Credits amount);

    /** What the owner has, lent or not. */
    Credits spendable(long owner);
}
