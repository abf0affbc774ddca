package io.algomat.catalog;

import io.algomat.platform.Credits;
import io.algomat.platform.Payload;
import io.algomat.platform.Price;
import io.algomat.workers.WorkerOutcome;
import io.algomat.workers.WorkerSpec;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * Calls a draft in a worker of its own pool, within the limits of its manifest: free, but for what it calls of others,
 * which its publisher pays.
 */
@ApplicationScoped
class CallDraft {
    /** What a first start may take beside the version's own timeout. */
    private static final Duration COLD_START = Duration.ofMinutes(1);

    private static final String VERSION = "draft";

    private final WorkerSpecs specs;
    private final TryVersion trial;
    private final CatalogConfig config;

    CallDraft(WorkerSpecs specs, TryVersion trial, CatalogConfig config) {
        this.specs = specs;
        this.trial = trial;
        this.config = config;
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
        return trial.run(
                version(draft, manifest, spec),
                new TryVersion.Publisher(draft.createdBy(), draft.site()),
                input,
                deadline,
                config.maxSampleOutputBytes(),
                cancelled);
    }

    private static CallableVersion version(DraftRows.Draft draft, Manifest manifest, WorkerSpec spec) {
        String pipeline = draft.pipeline();
        return new CallableVersion(
                -draft.id(),
                0,
                draft.ownerId(),
                manifest.owner(),
                manifest.name(),
                VERSION,
                false,
                false,
                new Price(Credits.ZERO, Credits.ZERO, 0),
                manifest.timeout(),
                manifest.program().calls(),
                pipeline == null
                        ? manifest.program().pipeline()
                        : ReadPipeline.kept(SampleInput.parse(Manifest.FILE, pipeline)),
                spec);
    }
}
