package io.algomat.calls;

import io.algomat.platform.Credits;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A line of the call log: everything about a call but its input, its output and the text of its error.
 *
 * @param keyId null for a call from the playground
 * @param errorType Algorithmia's name of what the algorithm did, the slug of what the platform did, or null
 */
public record LoggedCall(
        UUID callId,
        long callerId,
        @Nullable Long keyId,
        long publisherId,
        String algorithm,
        long versionId,
        String version,
        String front,
        Outcome outcome,
        @Nullable String errorType,
        Where where,
        Micros micros,
        Receipt receipt) {

    /** Where it ran, and how many workers it took. */
    public record Where(String worker, String device, int attempts) {}

    /** Where its time went, in microseconds. */
    public record Micros(long queue, long cold, long compute, long total) {
        /** What neither queue, cold start nor compute account for: the platform's own share. */
        public long platform() {
            return Math.max(0, total - queue - cold - compute);
        }
    }

    /** What it cost; all zero when it was free. */
    public record Receipt(Credits total, Credits royalty, Credits fee, Credits compute, Credits promo) {
        static final Receipt FREE = new Receipt(Credits.ZERO, Credits.ZERO, Credits.ZERO, Credits.ZERO, Credits.ZERO);

        public Credits publisher() {
            return royalty.minus(fee);
        }

        public Credits funded() {
            return total.minus(promo);
        }
    }

    /** When it came in: a UUIDv7 begins with its milliseconds. */
    public Instant startedAt() {
        return Instant.ofEpochMilli(callId.getMostSignificantBits() >>> 16);
    }
}
