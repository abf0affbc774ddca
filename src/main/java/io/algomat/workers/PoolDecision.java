package io.algomat.workers;

import java.time.Instant;
import java.util.Locale;

/**
 * What a pool decided, and why.
 *
 * @param at when it was decided, the last time if several in a row were the same
 * @param why a sentence for the operator, such as {@code 3 calls wait, the oldest for 120 ms}
 * @param times how often in a row
 */
public record PoolDecision(Instant at, Kind kind, String why, long times) {
    public enum Kind {
        STARTED,
        /** Started before a call was there. */
        WARMED,
        WAITED_FOR_ROOM,
        /** Stopped, because the load of late wants fewer workers. */
        SCALED_IN,
        /** Stopped, because it had no call for as long as it is kept. */
        RESTED_OUT,
        /** Stopped for another pool's worker, or another caller's. */
        EVICTED,
        /** Stopped, because the version allows no second call or wants no worker any more. */
        ENDED,
        /** A worker died that was not told to. */
        LOST,
        /** A worker died before it was ready. */
        CRASHED,
        QUARANTINED,
        REFUSED;

        public String wire() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
