package io.algomat.web.calls;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.util.RawValue;
import io.algomat.billing.Charge;
import io.algomat.calls.CallResult;
import io.algomat.platform.Credits;
import io.algomat.platform.Ids;
import io.algomat.platform.Payload;
import io.algomat.workers.Timing;
import io.algomat.workers.WorkerOutcome;
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
 * @param cost null for the try of a draft, which costs nothing
 * @param log what the run wrote, for the try of a draft alone
 */
public record RunAnswer(
        String call,
        String kind,
        @Nullable Object result,
        Times timing,
        @Nullable Cost cost,
        String version,
        @Nullable Failure error,
        @Nullable String log) {

    /** In milliseconds. */
    record Times(
            @JsonProperty("queue_ms") double queueMs,
            @JsonProperty("cold_ms") double coldMs,
            @JsonProperty("compute_ms") double computeMs,
            @JsonProperty("total_ms") double totalMs,
            String worker,
            String device) {}

    /**
     * In credits, as decimal text.
     *
     * @param units such as {@code 3 pages}, or null where the price is not by the unit
     * @param unitCost what these cost; a part of the royalty
     */
    record Cost(
            String total,
            String royalty,
            String fee,
            String publisher,
            String compute,
            String promo,
            @Nullable String units,
            @Nullable String unitCost) {
        private static final Cost FREE = new Cost("0", "0", "0", "0", "0", "0", null, null);

        static Cost of(@Nullable Charge charge) {
            if (charge == null) {
                return FREE;
            }
            Charge.Metered metered = charge.metered();
            Credits publisher = charge.royalty().minus(charge.fee());
            return new Cost(
                    charge.total().toString(),
                    charge.royalty().toString(),
                    charge.fee().toString(),
                    publisher.toString(),
                    charge.compute().toString(),
                    charge.promo().toString(),
                    metered == null ? null : metered.units() + " " + metered.metric(),
                    metered == null ? null : metered.cost().toString());
        }
    }

    /** @param stacktrace for the publisher alone */
    record Failure(String type, String message, @Nullable String stacktrace) {}

    static RunAnswer of(CallResult result, boolean toPublisher) {
        WorkerOutcome outcome = result.outcome();
        return answer(
                Ids.callText(result.callId()),
                outcome,
                result.totalNanos(),
                Cost.of(result.charge()),
                result.version().version(),
                toPublisher,
                null);
    }

    /**
     * What a publisher is told of the try of a draft of its own.
     *
     * @param beginNanos {@link System#nanoTime()} when it began
     */
    public static RunAnswer tried(WorkerOutcome outcome, long beginNanos) {
        String log = switch (outcome) {
            case Succeeded done -> done.log();
            case Failed failed -> failed.log();
            case Cancelled _ -> "";
        };
        return answer("", outcome, System.nanoTime() - beginNanos, null, "", true, log);
    }

    private static RunAnswer answer(
            String call,
            WorkerOutcome outcome,
            long totalNanos,
            @Nullable Cost cost,
            String version,
            boolean toPublisher,
            @Nullable String log) {
        Payload output =
                outcome instanceof Succeeded done ? done.output() : new Payload(Payload.Kind.VOID, new byte[0]);
        return new RunAnswer(
                call,
                output.kind().wire(),
                value(output),
                times(outcome.timing(), totalNanos),
                cost,
                version,
                failure(outcome, toPublisher),
                log);
    }

    private static @Nullable Failure failure(WorkerOutcome outcome, boolean toPublisher) {
        return switch (outcome) {
            case Succeeded _ -> null;
            case Failed failed ->
                new Failure(failed.errorType(), failed.message(), toPublisher ? failed.stacktrace() : null);
            case Cancelled _ -> new Failure("Cancelled", "The call was cancelled", null);
        };
    }

    private static Times times(Timing timing, long totalNanos) {
        return new Times(
                millis(timing.queueNanos()),
                millis(timing.coldNanos()),
                millis(timing.computeNanos()),
                millis(totalNanos),
                timing.worker(),
                timing.device());
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
