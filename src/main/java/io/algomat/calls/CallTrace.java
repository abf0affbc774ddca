package io.algomat.calls;

import io.algomat.catalog.CallableVersion;
import io.algomat.platform.ErrorCode;
import io.algomat.platform.Ids;
import io.algomat.workers.Timing;
import io.algomat.workers.WorkerOutcome;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.time.Instant;
import java.util.UUID;

/**
 * A call's spans, made when it has ended from what was measured on its way: {@code call} over all, and within it
 * {@code admit}, {@code queue}, {@code cold}, {@code dispatch} with the worker's own {@code compute} inside, and
 * {@code charge}. A call that it made of another algorithm is a {@code call} within it, without a {@code charge} of its
 * own. They tell what was called and how it went, never by whom or with what.
 */
final class CallTrace {
    private final Tracer tracer;
    private final SpanKind kind;
    private final Span call;
    private final Instant begun;
    private final long begunNanos;
    private long admittedNanos;
    private long answeredNanos;

    /** @param begunNanos by {@link System#nanoTime()}, the same moment as {@code begun} */
    CallTrace(Tracer tracer, Context parent, Instant begun, long begunNanos) {
        this(tracer, parent, SpanKind.SERVER, begun, begunNanos);
    }

    private CallTrace(Tracer tracer, Context parent, SpanKind kind, Instant begun, long begunNanos) {
        this.tracer = tracer;
        this.kind = kind;
        this.begun = begun;
        this.begunNanos = begunNanos;
        this.admittedNanos = begunNanos;
        this.answeredNanos = begunNanos;
        this.call = tracer.spanBuilder("call")
                .setParent(parent)
                .setSpanKind(kind)
                .setStartTimestamp(begun)
                .startSpan();
    }

    /** The trace of a call that this one makes. */
    CallTrace below(long nanos) {
        return new CallTrace(tracer, Context.root().with(call), SpanKind.INTERNAL, at(nanos), nanos);
    }

    /** It was let in and has its credit set aside. */
    void admitted(long nanos) {
        admittedNanos = nanos;
        answeredNanos = nanos;
    }

    /** Its worker has answered, or it was given up. */
    void answered(long nanos) {
        answeredNanos = nanos;
    }

    void refused(ErrorCode code, long nanos) {
        call.setAttribute("error.type", code.slug());
        part("admit", call, begunNanos, nanos);
        call.end(at(nanos));
    }

    void failed(UUID callId, CallableVersion version, ErrorCode code, long nanos) {
        described(callId, version).setAttribute("error.type", code.slug()).setStatus(StatusCode.ERROR);
        part("admit", call, begunNanos, admittedNanos);
        part("dispatch", call, admittedNanos, nanos);
        call.end(at(nanos));
    }

    void ended(UUID callId, CallableVersion version, WorkerOutcome outcome, long nanos) {
        if (!call.isRecording()) {
            // Without a collector, and that is on the way of every call.
            return;
        }
        Timing timing = outcome.timing();
        described(callId, version)
                .setAttribute("algomat.device", timing.device())
                .setAttribute("algomat.attempts", timing.attempts())
                .setAttribute("algomat.batch", timing.batch())
                .setAttribute("algomat.cold", timing.coldNanos() > 0);
        switch (outcome) {
            case WorkerOutcome.Succeeded _ -> call.setAttribute("algomat.outcome", Outcome.SUCCEEDED.wire());
            case WorkerOutcome.Failed failed ->
                call.setAttribute("algomat.outcome", Outcome.FAILED.wire())
                        .setAttribute("error.type", failed.errorType())
                        .setStatus(StatusCode.ERROR);
            case WorkerOutcome.Cancelled _ -> call.setAttribute("algomat.outcome", Outcome.CANCELLED.wire());
        }
        part("admit", call, begunNanos, admittedNanos);
        parts(timing);
        if (outcome instanceof WorkerOutcome.Succeeded && kind == SpanKind.SERVER) {
            part("charge", call, answeredNanos, nanos);
        }
        call.end(at(nanos));
    }

    /** The waiting was before the cold start, and the worker's own measure ended when the answer came, as near as is known. */
    private void parts(Timing timing) {
        long queued = Math.min(answeredNanos, admittedNanos + timing.queueNanos());
        part("queue", call, admittedNanos, queued);
        long warm = Math.min(answeredNanos, queued + timing.coldNanos());
        if (timing.coldNanos() > 0) {
            part("cold", call, queued, warm);
        }
        Span dispatch = span("dispatch", Context.root().with(call), warm);
        part("compute", dispatch, Math.max(warm, answeredNanos - timing.computeNanos()), answeredNanos);
        dispatch.end(at(answeredNanos));
    }

    private Span described(UUID callId, CallableVersion version) {
        return call.setAttribute("algomat.call", Ids.callText(callId))
                .setAttribute("algomat.algorithm", version.path())
                .setAttribute("algomat.version", version.version());
    }

    private void part(String name, Span of, long from, long to) {
        span(name, Context.root().with(of), from).end(at(to));
    }

    private Span span(String name, Context parent, long from) {
        return tracer.spanBuilder(name)
                .setParent(parent)
                .setStartTimestamp(at(from))
                .startSpan();
    }

    private Instant at(long nanos) {
        return begun.plusNanos(nanos - begunNanos);
    }
}
