package io.algomat.calls;

import io.algomat.platform.ErrorCode;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Counts calls by outcome, refusals by code, and where time goes. No caller, key or algorithm becomes a label. */
@ApplicationScoped
class CallMeters {
    private final Map<Outcome, Counter> ended = new EnumMap<>(Outcome.class);
    private final Map<ErrorCode, Counter> refused = new EnumMap<>(ErrorCode.class);
    private final Counter unlogged;
    private final Timer queue;
    private final Timer cold;
    private final Timer compute;
    private final Timer total;

    CallMeters(MeterRegistry registry) {
        for (Outcome outcome : Outcome.values()) {
            ended.put(outcome, registry.counter("algomat.calls", "outcome", outcome.wire()));
        }
        for (ErrorCode code : ErrorCode.values()) {
            refused.put(code, registry.counter("algomat.calls.refused", "code", code.slug()));
        }
        this.unlogged = registry.counter("algomat.calls.unlogged");
        this.queue = phase(registry, "queue");
        this.cold = phase(registry, "cold");
        this.compute = phase(registry, "compute");
        this.total = phase(registry, "total");
    }

    private static Timer phase(MeterRegistry registry, String phase) {
        return Timer.builder("algomat.call.time").tag("phase", phase).register(registry);
    }

    void ended(Outcome outcome, LoggedCall.Micros micros) {
        count(ended, outcome);
        queue.record(micros.queue(), TimeUnit.MICROSECONDS);
        compute.record(micros.compute(), TimeUnit.MICROSECONDS);
        total.record(micros.total(), TimeUnit.MICROSECONDS);
        if (micros.cold() > 0) {
            cold.record(micros.cold(), TimeUnit.MICROSECONDS);
        }
    }

    void refused(ErrorCode code) {
        count(refused, code);
    }

    /** A call that the log had no room for, since the database was away for too long. */
    void unlogged(long calls) {
        unlogged.increment(calls);
    }

    private static <K> void count(Map<K, Counter> counters, K key) {
        Counter counter = counters.get(key);
        if (counter != null) {
            counter.increment();
        }
    }
}
