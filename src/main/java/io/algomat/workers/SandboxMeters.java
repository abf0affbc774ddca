package io.algomat.workers;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.function.Predicate;

/** What the sandbox's self-test found, for the metrics. */
@ApplicationScoped
class SandboxMeters {
    private final Workers workers;
    private final MeterRegistry registry;

    SandboxMeters(Workers workers, MeterRegistry registry) {
        this.workers = workers;
        this.registry = registry;
    }

    void register(@Observes StartupEvent event) {
        sandbox("available", SandboxReport::available);
        sandbox("code", SandboxReport::code);
        Gauge.builder("algo.sandbox.leaks", () -> {
                    SandboxReport report = workers.sandbox();
                    return report.attempts().size() - report.held();
                })
                .register(registry);
    }

    /** 1 where there are walls, and where publishers' code may run within them. */
    private void sandbox(String what, Predicate<SandboxReport> holds) {
        Gauge.builder("algo.sandbox", () -> holds.test(workers.sandbox()) ? 1 : 0)
                .tag("for", what)
                .register(registry);
    }
}
