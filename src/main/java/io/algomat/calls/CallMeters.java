package io.algomat.calls;

import io.algomat.platform.ErrorCode;
import io.algomat.workers.Timing;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Counts calls by outcome, refusals by code, and where time goes (docs/operating.md). No caller, key or algorithm becomes
 * a label: the first would tell who calls what, and all three would grow without end.
 */
@ApplicationScoped
class CallMeters {
    /** Bucket bounds from a warm small call to a long one. */
    private static final Duration[] BOUNDS = {
        Duration.ofNanos(500_000),
        Duration.ofMillis(1),
        Duration.ofMillis(2),
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofSeconds(5),
        Duration.ofSeconds(30),
        Duration.ofMinutes(5)
    };

    private final Map<Outcome, Counter> ended = new EnumMap<>(Outcome.class);
    private final Map<ErrorCode, Counter> refused = new EnumMap<>(ErrorCode.class);
    private final Counter unlogged;
    private final Counter retries;
    private final DistributionSummary batch;
    private final Timer queue;
    private final Timer init;
    private final Timer compute;
    private final Timer total;

    CallMeters(MeterRegistry registry) {
        for (Outcome outcome : Outcome.values()) {
            ended.put(outcome, registry.counter("algo.calls", "outcome", outcome.wire()));
        }
        for (ErrorCode code : ErrorCode.values()) {
            refused.put(
                    code,
                    registry.counter("algo.rejects", "code", Integer.toString(code.status()), "reason", code.slug()));
        }
        this.unlogged = registry.counter("algo.calls.unlogged");
        this.retries = registry.counter("algo.retries");
        this.batch = DistributionSummary.builder("algo.batch.size")
                .serviceLevelObjectives(1, 2, 4, 8, 16, 32, 64)
                .register(registry);
        this.queue = phase(registry, "queue");
        this.init = phase(registry, "init");
        this.compute = phase(registry, "compute");
        this.total = phase(registry, "total");
    }

    private static Timer phase(MeterRegistry registry, String phase) {
        return Timer.builder("algo.call")
                .tag("phase", phase)
                .serviceLevelObjectives(BOUNDS)
                .register(registry);
    }

    /** @param totalNanos from the front's handing over to the charge's commit */
    void ended(Outcome outcome, Timing timing, long totalNanos) {
        count(ended, outcome);
        queue.record(timing.queueNanos(), TimeUnit.NANOSECONDS);
        compute.record(timing.computeNanos(), TimeUnit.NANOSECONDS);
        total.record(totalNanos, TimeUnit.NANOSECONDS);
        if (timing.coldNanos() > 0) {
            init.record(timing.coldNanos(), TimeUnit.NANOSECONDS);
        }
        if (timing.attempts() > 1) {
            retries.increment(timing.attempts() - 1);
        }
        if (timing.batch() > 0) {
            batch.record(timing.batch());
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
