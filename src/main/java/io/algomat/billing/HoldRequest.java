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
 * @param terms the caller's own: the hold is within their limit already, and what is added to it has to be
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
        @Nullable Nesting nesting,
        Terms terms) {

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

    /** On no terms. */
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
            boolean royaltyFree,
            @Nullable Nesting nesting) {
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
                nesting,
                Terms.NONE);
    }

    public HoldRequest on(Terms laidDown) {
        return with(maxMillis, laidDown);
    }

    HoldRequest covering(long millis) {
        return with(millis, terms);
    }

    private HoldRequest with(long millis, Terms laidDown) {
        return new HoldRequest(
                callId,
                callerId,
                keyId,
                publisherId,
                versionId,
                algorithm,
                version,
                device,
                price,
                millis,
                royaltyFree,
                nesting,
                laidDown);
    }
}
