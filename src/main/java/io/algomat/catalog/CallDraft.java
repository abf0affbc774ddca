package io.algomat.catalog;

import io.algomat.platform.Ids;
import io.algomat.platform.Payload;
import io.algomat.workers.CallOut;
import io.algomat.workers.WorkerCall;
import io.algomat.workers.WorkerOutcome;
import io.algomat.workers.WorkerSpec;
import io.algomat.workers.Workers;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Calls a draft in a worker of its own pool: free, within the limits of its manifest, and without calls of its own. */
@ApplicationScoped
class CallDraft {
    /** What a first start may take beside the version's own timeout. */
    private static final Duration COLD_START = Duration.ofMinutes(1);

    private final WorkerSpecs specs;
    private final Workers workers;
    private final CatalogConfig config;
    private final Clock clock;

    CallDraft(WorkerSpecs specs, Workers workers, CatalogConfig config, Clock clock) {
        this.specs = specs;
        this.workers = workers;
        this.config = config;
        this.clock = clock;
    }

    /** The pool is named after the draft. */
    WorkerSpec spec(DraftRows.Draft draft, Manifest manifest) {
        return specs.of(
                draft.publicId(),
                new WorkerSpecs.Origin(manifest.path(), draft.site(), draft.verified()),
                manifest.program(),
                draft.sha256(),
                draft.dependencies());
    }

    WorkerOutcome call(
            DraftRows.Draft draft,
            Manifest manifest,
            WorkerSpec spec,
            Payload input,
            CompletableFuture<Void> cancelled) {
        long deadline = System.nanoTime() + manifest.timeout().plus(COLD_START).toNanos();
        return workers.call(
                spec,
                new WorkerCall(
                        Ids.newCallId(clock),
                        draft.ownerId(),
                        input,
                        deadline,
                        config.maxSampleOutputBytes(),
                        cancelled,
                        CallOut.NONE));
    }
}
