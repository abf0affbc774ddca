package io.algomat.calls;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Begins the trace of a call, as a part of its caller's when it brought one. Goes nowhere unless there is a collector. */
@ApplicationScoped
class TraceCalls {
    private static final String HEADER = "traceparent";

    private static final TextMapGetter<String> READ = new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(String traceparent) {
            return List.of(HEADER);
        }

        @Override
        public @Nullable String get(@Nullable String traceparent, String key) {
            return key.equals(HEADER) ? traceparent : null;
        }
    };

    private final Tracer tracer;

    TraceCalls(OpenTelemetry telemetry) {
        this.tracer = telemetry.getTracer("algomat");
    }

    /** @param traceparent W3C's header as it came, or null; one that is no such header begins a new trace */
    CallTrace begin(@Nullable String traceparent, long nanos) {
        Context parent = traceparent == null
                ? Context.root()
                : W3CTraceContextPropagator.getInstance().extract(Context.root(), traceparent, READ);
        return new CallTrace(tracer, parent, Instant.now(), nanos);
    }
}
