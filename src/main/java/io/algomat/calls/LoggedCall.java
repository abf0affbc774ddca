package io.algomat.calls;

import io.algomat.billing.Charge;
import io.algomat.platform.Credits;
import io.algomat.platform.Labels;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A line of the call log: everything about a call but its input, its output and the text of its error.
 *
 * @param keyId null for a call from the playground
 * @param inside which call it was made inside of; null for a call from outside
 * @param labels what its caller wrote on it; a nested call has its root's
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
        @Nullable Inside inside,
        Outcome outcome,
        @Nullable String errorType,
        Where where,
        Micros micros,
        Receipt receipt,
        Labels labels) {

    /**
     * @param root the call that somebody made from outside
     * @param parent the call that made this one
     * @param step the pipeline's step, or null when code called
     * @param offsetMicros from the root's beginning to this one's
     */
    public record Inside(UUID root, UUID parent, @Nullable String step, long offsetMicros) {}

    /** Where it ran, and how many workers it took. */
    public record Where(String worker, String device, int attempts) {}

    /** Where its time went, in microseconds. */
    public record Micros(long queue, long cold, long compute, long total) {
        /** What neither queue, cold start nor compute account for: the platform's own share. */
        public long platform() {
            return Math.max(0, total - queue - cold - compute);
        }
    }

    /**
     * What it cost; all zero when it was free.
     *
     * @param whole with all that it called; of a nested call its own part
     * @param wholePromo the part of the whole that was paid from promo credit
     * @param metered what it reported and what that cost, which is a part of the royalty; null where the price is not by the
     *     unit, and of a call that was free
     */
    public record Receipt(
            Credits total,
            Credits royalty,
            Credits fee,
            Credits compute,
            Credits promo,
            Credits whole,
            Credits wholePromo,
            Charge.@Nullable Metered metered) {
        static final Receipt FREE = new Receipt(Credits.ZERO, Credits.ZERO, Credits.ZERO, Credits.ZERO, Credits.ZERO);

        /** Of a call that called no other. */
        Receipt(Credits total, Credits royalty, Credits fee, Credits compute, Credits promo) {
            this(total, royalty, fee, compute, promo, total, promo, null);
        }

        static Receipt of(Charge charge) {
            return new Receipt(
                    charge.total(),
                    charge.royalty(),
                    charge.fee(),
                    charge.compute(),
                    charge.promo(),
                    charge.whole(),
                    charge.wholePromo(),
                    charge.metered());
        }

        /** What the calls below it cost. */
        public Credits nested() {
            return whole.minus(total);
        }

        public Credits publisher() {
            return royalty.minus(fee);
        }

        public Credits funded() {
            return whole.minus(wholePromo);
        }
    }

    LoggedCall paid(Receipt paid) {
        return new LoggedCall(
                callId,
                callerId,
                keyId,
                publisherId,
                algorithm,
                versionId,
                version,
                front,
                inside,
                outcome,
                errorType,
                where,
                micros,
                paid,
                labels);
    }

    /** When it came in: a UUIDv7 begins with its milliseconds. */
    public Instant startedAt() {
        return Instant.ofEpochMilli(callId.getMostSignificantBits() >>> 16);
    }
}
