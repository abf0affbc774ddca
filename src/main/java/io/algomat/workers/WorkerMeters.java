package io.algomat.workers;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;

/** All pools together, for the metrics; no pool becomes a label. All is zero until the first call. */
@ApplicationScoped
class WorkerMeters {
    private final Workers workers;
    private final MeterRegistry registry;

    WorkerMeters(Workers workers, MeterRegistry registry) {
        this.workers = workers;
        this.registry = registry;
    }

    void register(@Observes StartupEvent event) {
        Gauge.builder("algomat.queue.depth", () -> now(Workers.PoolState::queued))
                .register(registry);
        slots("starting", Workers.PoolState::starting);
        slots("idle", Workers.PoolState::idle);
        slots("busy", Workers.PoolState::busy);
        Gauge.builder("algomat.spares", this::spares).register(registry);
        counter("algomat.worker.starts", FleetCounts::starts);
        counter("algomat.worker.spares.used", FleetCounts::sparesUsed);
        counter("algomat.worker.losses", FleetCounts::losses);
        counter("algomat.model.evictions", FleetCounts::evictions);
        sandbox("available", SandboxReport::available);
        sandbox("code", SandboxReport::code);
        Gauge.builder("algomat.sandbox.leaks", () -> {
                    SandboxReport report = workers.sandbox();
                    return report.attempts().size() - report.held();
                })
                .register(registry);
        FunctionTimer.builder(
                        "algomat.cold.starts",
                        this,
                        meters -> meters.total(FleetCounts::coldStarts),
                        meters -> meters.total(FleetCounts::coldNanos),
                        TimeUnit.NANOSECONDS)
                .register(registry);
    }

    /** 1 where there are walls, and where publishers' code may run within them. */
    private void sandbox(String what, Predicate<SandboxReport> holds) {
        Gauge.builder("algomat.sandbox", () -> holds.test(workers.sandbox()) ? 1 : 0)
                .tag("for", what)
                .register(registry);
    }

    private void slots(String state, ToIntFunction<Workers.PoolState> count) {
        Gauge.builder("algomat.slots", () -> now(count)).tag("state", state).register(registry);
    }

    private void counter(String name, ToLongFunction<FleetCounts> count) {
        FunctionCounter.builder(name, this, meters -> meters.total(count)).register(registry);
    }

    private int now(ToIntFunction<Workers.PoolState> count) {
        Fleet fleet = workers.fleet();
        return fleet == null ? 0 : count.applyAsInt(fleet.state());
    }

    private int spares() {
        Fleet fleet = workers.fleet();
        return fleet == null ? 0 : fleet.spares();
    }

    private long total(ToLongFunction<FleetCounts> count) {
        Fleet fleet = workers.fleet();
        return fleet == null ? 0 : count.applyAsLong(fleet.counts());
    }
}
