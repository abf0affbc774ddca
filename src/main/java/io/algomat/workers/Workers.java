package io.algomat.workers;

import io.algomat.platform.ErrorCode;
import io.algomat.platform.PlatformConfig;
import io.algomat.platform.Problem;
import io.algomat.runner.protocol.Value;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The worker pools of this gateway. */
@ApplicationScoped
public class Workers {
    /** Where a pool stands: what a card's dot and the admin page show. */
    public record PoolState(int starting, int idle, int busy, int queued) {
        public static final PoolState NONE = new PoolState(0, 0, 0, 0);

        public boolean warm() {
            return idle + busy > 0;
        }

        PoolState and(PoolState other) {
            return new PoolState(
                    starting + other.starting, idle + other.idle, busy + other.busy, queued + other.queued);
        }
    }

    private final WorkerHost host;

    Workers(WorkersConfig config, PlatformConfig platform) {
        this.host = new WorkerHost(config, platform.data());
    }

    /**
     * Runs a call, waiting (on a virtual thread) for a worker to start if none is warm.
     *
     * @throws Problem overloaded, worker-lost, sandbox-unavailable or device-unavailable
     */
    public WorkerOutcome call(WorkerSpec spec, WorkerCall call) {
        if (call.input().bytes().length > Value.MAX_BYTES) {
            throw Problem.of(
                    ErrorCode.TOO_LARGE, "An input may have " + Value.MAX_BYTES + " bytes; this one is larger");
        }
        return new DispatchCall(host.fleet(), admitted(spec), call).dispatch();
    }

    public PoolState state(String pool) {
        Fleet fleet = host.present();
        return fleet == null ? PoolState.NONE : fleet.readings().state(pool);
    }

    /** All pools: what they hold, what was learned, and what they decided of late. */
    public List<PoolView> pools() {
        Fleet fleet = host.present();
        return fleet == null ? List.of() : fleet.readings().views(Instant.now());
    }

    /** What the workers of each device hold of what they may; empty before the first call. */
    public List<DeviceView> memory() {
        Fleet fleet = host.present();
        return fleet == null ? List.of() : fleet.readings().memory();
    }

    /** Starts a worker of a version that is about to be called, if it has none and there is room. Returns at once. */
    public void warm(WorkerSpec spec) {
        host.fleet().warm(admitted(spec));
    }

    private WorkerSpec admitted(WorkerSpec spec) {
        host.devices().admit(spec);
        return host.sandbox().admit(spec);
    }

    /**
     * Learns that a call in one pool has called another version: when the first is called again, the second is warmed.
     *
     * @param parentPool the pool's key of the version that called
     */
    public void called(String parentPool, WorkerSpec child) {
        host.fleet().called(parentPool, child);
    }

    /** Stops a pool's workers after the calls that they have in hand. */
    public void drain(String pool) {
        Fleet fleet = host.present();
        if (fleet != null) {
            fleet.drain(pool);
        }
    }

    /** What this machine's workers compute on; the processors first. */
    public List<Device> devices() {
        return host.devices().all();
    }

    /** Whether a version that asks for {@code cpu} or {@code gpu} can run here. */
    public boolean has(String kind) {
        return host.devices().has(kind);
    }

    public SandboxReport sandbox() {
        return host.sandbox().report();
    }

    WorkerHost host() {
        return host;
    }

    /** All pools, for the meters; null before the first call. */
    @Nullable
    Fleet fleet() {
        return host.present();
    }

    @PreDestroy
    void stop() {
        host.close();
    }
}
