package io.algomat.catalog;

import io.algomat.accounts.Caller;
import io.algomat.platform.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;

/** Binds each step of a pipeline to the version that its call means now, so that the pipeline never changes by itself. */
@ApplicationScoped
class PinSteps {
    private final VersionResolver versions;

    PinSteps(VersionResolver versions) {
        this.versions = versions;
    }

    /**
     * Only what every caller of the pipeline can reach: what is public, or its owner's own.
     *
     * @throws Problem not-found, with the step's call
     */
    Pipeline pinned(Pipeline written, long ownerId, String owner) {
        Caller eyes = new Caller(ownerId, owner, null, Set.of(), Set.of(), false, false);
        return written.pinned(call -> {
            String[] parts = call.split("/", 3);
            CallableVersion version = versions.resolve(parts[0], parts[1], parts.length < 3 ? null : parts[2], eyes);
            return version.exactPath();
        });
    }
}
