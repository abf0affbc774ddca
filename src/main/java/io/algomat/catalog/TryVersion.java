package io.algomat.catalog;

import io.algomat.platform.Payload;
import io.algomat.workers.WorkerOutcome;
import java.util.concurrent.CompletableFuture;

/** Runs a draft as it would run once published, with all that it calls; who runs calls implements it. */
public interface TryVersion {
    /**
     * Whose draft it is.
     *
     * @param ownerId the account that uploaded it, which pays for what the draft calls
     * @param site whether it is the site's own, and nobody pays
     */
    record Publisher(long ownerId, boolean site) {}

    /**
     * @param deadlineNanos by {@link System#nanoTime()}
     * @param cancelled completed when nobody waits for the answer any more
     * @throws io.algomat.platform.Problem for what the platform refuses or fails at
     */
    WorkerOutcome run(
            CallableVersion draft,
            Publisher publisher,
            Payload input,
            long deadlineNanos,
            int maxOutputBytes,
            CompletableFuture<Void> cancelled);
}
