package io.algomat.billing;

import io.algomat.platform.Price;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a call may cost at most, and for whom.
 *
 * @param algorithm {@code owner/name}, kept with the charge for reports
 * @param maxMillis compute time that the hold covers: min(timeout, 20 × the version's p99); time beyond is not billed
 * @param royaltyFree true for owners who call their own algorithms
 * @param nesting which calls it was made inside of, or null for a root call
 */
public record HoldRequest(
        UUID callId,
        long callerId,
        @Nullable Long keyId,
        long publisherId,
        long versionId,
        String algorithm,
        String version,
        String device,
        Price price,
        long maxMillis,
        boolean royaltyFree,
        @Nullable Nesting nesting) {

    /** @param rootCallId the call that somebody made from outside; its caller pays for all below it */
    public record Nesting(UUID rootCallId, UUID parentCallId) {}

    /** Of a root call. */
    public HoldRequest(
            UUID callId,
            long callerId,
            @Nullable Long keyId,
            long publisherId,
            long versionId,
            String algorithm,
            String version,
            String device,
            Price price,
            long maxMillis,
            boolean royaltyFree) {
        this(
                callId,
                callerId,
                keyId,
                publisherId,
                versionId,
                algorithm,
                version,
                device,
                price,
                maxMillis,
                royaltyFree,
                null);
    }
}
