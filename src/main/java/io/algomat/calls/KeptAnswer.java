package io.algomat.calls;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.algomat.catalog.CallableVersion;
import io.algomat.platform.Payload;
import io.algomat.workers.Timing;
import io.algomat.workers.WorkerOutcome;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * How a call with an idempotency key ended, as it is kept to be answered again; the output lies beside it. What the call
 * wrote is not kept.
 *
 * @param version the exact one that ran
 * @param kind the output's, or null when the algorithm failed
 * @param outputBytes how large the output was; one that was too large is not kept
 * @param failure how the algorithm failed, or null
 */
record KeptAnswer(
        String owner,
        String name,
        String version,
        Payload.@Nullable Kind kind,
        long outputBytes,
        @Nullable Failure failure,
        Timing timing,
        long totalNanos) {
    private static final ObjectMapper JSON = new ObjectMapper();

    record Failure(
            String errorType, String message, @Nullable String stacktrace) {}

    static KeptAnswer of(CallableVersion version, WorkerOutcome.Succeeded done, long totalNanos) {
        Payload output = done.output();
        return new KeptAnswer(
                version.owner(),
                version.name(),
                version.version(),
                output.kind(),
                output.size(),
                null,
                done.timing(),
                totalNanos);
    }

    static KeptAnswer of(CallableVersion version, WorkerOutcome.Failed failed, long totalNanos) {
        Failure failure = new Failure(failed.errorType(), failed.message(), failed.stacktrace());
        return new KeptAnswer(
                version.owner(), version.name(), version.version(), null, 0, failure, failed.timing(), totalNanos);
    }

    /** @param output of a call that succeeded */
    WorkerOutcome outcome(byte[] output) {
        return kind == null || failure != null
                ? failed()
                : new WorkerOutcome.Succeeded(new Payload(kind, output), "", timing);
    }

    private WorkerOutcome failed() {
        return failure == null
                ? new WorkerOutcome.Cancelled(timing)
                : new WorkerOutcome.Failed(failure.errorType, failure.message, failure.stacktrace, "", timing);
    }

    String json() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    static KeptAnswer ofJson(String json) {
        try {
            return JSON.readValue(json, KeptAnswer.class);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
