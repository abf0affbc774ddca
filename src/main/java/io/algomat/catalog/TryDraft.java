package io.algomat.catalog;

import io.algomat.accounts.Caller;
import io.algomat.platform.ErrorCode;
import io.algomat.platform.Payload;
import io.algomat.platform.Problem;
import io.algomat.workers.WorkerOutcome;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Runs any input against a draft before it is published. It costs nothing but what it calls of others; so that it is no
 * way to free computing, an account has one such call at a time, within the limits of a sample.
 */
@ApplicationScoped
public class TryDraft {
    private final DraftRows rows;
    private final Drafts drafts;
    private final Manifests manifests;
    private final CallDraft calls;
    private final Set<Long> trying = ConcurrentHashMap.newKeySet();

    public TryDraft(DraftRows rows, Drafts drafts, Manifests manifests, CallDraft calls) {
        this.rows = rows;
        this.drafts = drafts;
        this.manifests = manifests;
        this.calls = calls;
    }

    /**
     * @param gone completed when nobody waits for the answer any more
     * @throws Problem not-found, conflict when the draft has not been built, rate-limited while another one runs
     */
    public WorkerOutcome call(String id, Payload input, Caller caller, CompletableFuture<Void> gone) {
        DraftView view = drafts.view(id, caller);
        DraftRows.Draft draft = rows.find(id).orElseThrow(() -> Drafts.unknown(id));
        if (!view.runnable()) {
            throw Problem.of(
                    ErrorCode.CONFLICT,
                    "This draft cannot be tried: it is "
                            + (view.underway()
                                    ? "still being tested"
                                    : view.state().wire())
                            + "; expected one whose build went through.");
        }
        if (!trying.add(caller.ownerId())) {
            throw Problem.of(ErrorCode.RATE_LIMITED, "Another try of yours is still running; wait for its end.")
                    .retryAfter(Duration.ofSeconds(1));
        }
        try {
            Manifest manifest = manifests.of(draft.sha256());
            return calls.call(draft, manifest, calls.spec(draft, manifest), input, gone);
        } finally {
            trying.remove(caller.ownerId());
        }
    }
}
