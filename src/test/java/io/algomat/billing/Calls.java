package io.algomat.billing;

import io.algomat.platform.Credits;
import io.algomat.platform.Ids;
import io.algomat.platform.Price;
import java.time.Clock;

/** Hold requests as the way of a call makes them, for tests of what follows. */
final class Calls {
    /** No version of the catalogue, so that no other price is fixed for it. */
    private static final long NO_VERSION = -1;

    private Calls() {}

    /** A royalty in micro-credits, no compute: what is held is what is charged. */
    static HoldRequest royaltyOnly(long caller, long publisher, long royaltyMicro) {
        return of(caller, publisher, new Price(Credits.micro(royaltyMicro), Credits.ZERO, 1500), 1000, false);
    }

    static HoldRequest of(long caller, long publisher, Price price, long maxMillis, boolean royaltyFree) {
        return new HoldRequest(
                Ids.newCallId(Clock.systemUTC()),
                caller,
                null,
                publisher,
                NO_VERSION,
                "demo/echo",
                "1.0.0",
                "cpu",
                price,
                maxMillis,
                royaltyFree);
    }
}
