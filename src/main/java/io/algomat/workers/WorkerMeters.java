package io.algomat.workers;

import io.algomat.workers.PoolDecision.Kind;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/** All pools together, for the metrics (docs/operating.md); no pool becomes a label. All is zero until the first call. */
@ApplicationScoped
class WorkerMeters {
    private static final double SECOND = 1e9;

    private final Workers workers;
    private final MeterRegistry registry;

    WorkerMeters(Workers workers, MeterRegistry registry) {
        this.workers = workers;
        this.registry = registry;
    }

    void register(@Observes StartupEvent event) {
        gauge("algo.queue.depth", Tags.empty(), fleet -> fleet.state().queued());
        gauge("algo.oldest.wait.seconds", Tags.empty(), fleet -> fleet.oldestWaitNanos() / SECOND);
        gauge("algo.autoscale.desired", Tags.empty(), FleetReadings::desired);
        gauge("algo.slots", Tags.of("state", "starting"), fleet -> fleet.state().starting());
        gauge("algo.slots", Tags.of("state", "idle"), fleet -> fleet.state().idle());
        gauge("algo.slots", Tags.of("state", "busy"), fleet -> fleet.state().busy());
        gauge("algo.slots", Tags.of("state", "stopping"), FleetReadings::leaving);
        gauge("algo.spares", Tags.empty(), FleetReadings::spares);
        counter("algo.spares.used", Tags.empty(), FleetCounts::sparesUsed);
        workers.devices().forEach(device -> device(device.name()));
        counter("algo.worker.restarts", Tags.of("reason", "crashed"), counts -> counts.decisions(Kind.CRASHED));
        counter("algo.worker.restarts", Tags.of("reason", "lost"), counts -> counts.decisions(Kind.LOST));
        counter("algo.model.evictions", Tags.empty(), counts -> counts.decisions(Kind.EVICTED));
        counter("algo.cold.starts", Tags.empty(), FleetCounts::coldStarts);
        for (Kind kind : Kind.values()) {
            counter("algo.pool.decisions", Tags.of("kind", kind.wire()), counts -> counts.decisions(kind));
        }
        FunctionTimer.builder(
                        "algo.cold.start",
                        this,
                        meters -> meters.total(FleetCounts::coldStarts),
                        meters -> meters.total(FleetCounts::coldNanos),
                        TimeUnit.NANOSECONDS)
                .register(registry);
    }

    private void device(String device) {
        gauge("algo.model.bytes", Tags.of("device", device), fleet -> bytes(fleet, device, DeviceView::usedBytes));
        gauge(
                "algo.model.bytes.limit",
                Tags.of("device", device),
                fleet -> bytes(fleet, device, DeviceView::limitBytes));
    }

    private static double bytes(FleetReadings fleet, String device, ToLongFunction<DeviceView> which) {
        return fleet.memory().stream()
                .filter(view -> view.device().equals(device))
                .mapToLong(which)
                .sum();
    }

    private void gauge(String name, Tags tags, ToDoubleFunction<FleetReadings> value) {
        Gauge.builder(name, () -> now(value)).tags(tags).register(registry);
    }

    private double now(ToDoubleFunction<FleetReadings> value) {
        Fleet fleet = workers.fleet();
        return fleet == null ? 0 : value.applyAsDouble(fleet.readings());
    }

    private void counter(String name, Tags tags, ToLongFunction<FleetCounts> count) {
        FunctionCounter.builder(name, this, meters -> meters.total(count))
                .tags(tags)
                .register(registry);
    }

    private long total(ToLongFunction<FleetCounts> count) {
        Fleet fleet = workers.fleet();
        return fleet == null ? 0 : count.applyAsLong(fleet.counts());
    }
}
