package io.algomat.catalog;

import io.algomat.workers.Reuse;
import io.algomat.workers.Runtime;
import io.algomat.workers.WorkerSpec;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes of a program what its pool needs to know, the same for a draft under test and for a published version. */
@ApplicationScoped
class WorkerSpecs {
    /**
     * Whose the program is.
     *
     * @param algorithm {@code owner/name}
     * @param site whether it belongs to the site itself
     * @param verified whether an administrator knows its publisher
     */
    record Origin(String algorithm, boolean site, boolean verified) {}

    private final Artifacts artifacts;

    WorkerSpecs(Artifacts artifacts) {
        this.artifacts = artifacts;
    }

    /**
     * @param bundle SHA-256 of the artifact
     * @param dependencies SHA-256 of what the build made, or null
     */
    WorkerSpec of(String pool, Origin origin, Program program, String bundle, @Nullable String dependencies) {
        Map<String, String> options = new HashMap<>(program.options());
        if (program.code()) {
            // A task of the djl runtime refuses options that it does not know.
            options.put("algorithm", origin.algorithm());
        }
        return new WorkerSpec(
                pool,
                runtime(program),
                program.task(),
                options,
                artifacts.folder(bundle),
                dependencies == null ? null : artifacts.folder(dependencies),
                program.device(),
                reuse(origin, program),
                program.limits(),
                origin.site(),
                program.retrySafe());
    }

    /** A pipeline has no worker; its spec is carried, never started. */
    private static Runtime runtime(Program program) {
        return program.runtime().equals(Program.PIPELINE)
                ? Runtime.DJL
                : Runtime.valueOf(program.runtime().toUpperCase(Locale.ROOT));
    }

    /** A publisher that is verified no longer falls back to workers of each caller's own. */
    static Reuse reuse(Origin origin, Program program) {
        boolean mayShare = !program.code() || origin.site() || origin.verified();
        return program.reuse() == Reuse.SHARED && !mayShare ? Reuse.PER_CALLER : program.reuse();
    }
}
