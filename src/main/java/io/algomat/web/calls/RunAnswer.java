package io.algomat.web.calls;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.util.RawValue;
import io.algomat.billing.Charge;
import io.algomat.calls.CallResult;
import io.algomat.platform.Credits;
import io.algomat.platform.Ids;
import io.algomat.platform.Payload;
import io.algomat.workers.Timing;
import io.algomat.workers.WorkerOutcome.Cancelled;
import io.algomat.workers.WorkerOutcome.Failed;
import io.algomat.workers.WorkerOutcome.Succeeded;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * What the playground is told of a call.
 *
 * @param kind {@code json}, {@code text}, {@code binary} or {@code void}
 * @param result the value itself, a string, or base64; null when the call failed
 */
record RunAnswer(
        String call,
        String kind,
        @Nullable Object result,
        Times timing,
        Cost cost,
        String version,
        @Nullable Failure error) {

    /** In milliseconds. */
    record Times(
            @JsonProperty("queue_ms") double queueMs,
            @JsonProperty("cold_ms") double coldMs,
            @JsonProperty("compute_ms") double computeMs,
            @JsonProperty("total_ms") double totalMs,
            String worker,
            String device) {}

    /** In credits, as decimal text. */
    record Cost(String total, String royalty, String fee, String publisher, String compute, String promo) {
        private static final Cost FREE = new Cost("0", "0", "0", "0", "0", "0");

        static Cost of(@Nullable Charge charge) {
            if (charge == null) {
                return FREE;
            }
            Credits publisher = charge.royalty().minus(charge.fee());
            return new Cost(
                    charge.total().toString(),
                    charge.royalty().toString(),
                    charge.fee().toString(),
                    publisher.toString(),
                    charge.compute().toString(),
                    charge.promo().toString());
        }
    }

    /** @param stacktrace for the publisher alone */
    record Failure(String type, String message, @Nullable String stacktrace) {}

    static RunAnswer of(CallResult result, boolean toPublisher) {
        return switch (result.outcome()) {
            case Succeeded(Payload output, String _, Timing _) ->
                answer(result, output.kind().wire(), value(output), null);
            case Failed failed -> {
                String trace = toPublisher ? failed.stacktrace() : null;
                yield answer(result, "void", null, new Failure(failed.errorType(), failed.message(), trace));
            }
            case Cancelled _ -> answer(result, "void", null, new Failure("Cancelled", "The call was cancelled", null));
        };
    }

    private static RunAnswer answer(CallResult result, String kind, @Nullable Object value, @Nullable Failure error) {
        Timing timing = result.outcome().timing();
        Times times = new Times(
                millis(timing.queueNanos()),
                millis(timing.coldNanos()),
                millis(timing.computeNanos()),
                millis(result.totalNanos()),
                timing.worker(),
                timing.device());
        return new RunAnswer(
                Ids.callText(result.callId()),
                kind,
                value,
                times,
                Cost.of(result.charge()),
                result.version().version(),
                error);
    }

    private static @Nullable Object value(Payload output) {
        return switch (output.kind()) {
            case JSON -> new RawValue(output.utf8());
            case TEXT -> output.utf8();
            case BINARY -> Base64.getEncoder().encodeToString(output.bytes());
            case VOID -> null;
        };
    }

    private static double millis(long nanos) {
        return Math.round(nanos / 1e3) / 1e3;
    }
}
