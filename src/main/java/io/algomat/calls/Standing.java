package io.algomat.calls;

import io.algomat.accounts.Caller;
import io.algomat.catalog.CallableVersion;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A running call and where it stands below its root.
 *
 * @param above the call that made it; null for the root itself
 * @param trace its spans, within those of the call above
 * @param depth 0 for the root
 * @param deadlineNanos by {@link System#nanoTime()}
 * @param cancelled the root's: completed when its client goes away
 */
record Standing(
        RootCall root,
        @Nullable Standing above,
        CallTrace trace,
        int depth,
        UUID callId,
        CallableVersion version,
        long deadlineNanos,
        int maxOutputBytes,
        CompletableFuture<Void> cancelled) {

    Standing below(CallTrace spans, UUID id, CallableVersion called, long deadline) {
        return new Standing(root, this, spans, depth + 1, id, called, deadline, maxOutputBytes, cancelled);
    }

    /** Whether this very version is at work here or above. */
    boolean within(CallableVersion called) {
        return version.exactPath().equals(called.exactPath()) || above != null && above.within(called);
    }

    /** Every version on the way down from the root. */
    String way() {
        return (above == null ? "" : above.way() + " → ") + version.exactPath();
    }

    /**
     * With whose eyes its algorithm looks for others: an algorithm of the root caller's own sees what that caller sees;
     * another's sees what is public or its owner's, lest it reach what the caller keeps private.
     */
    Caller eyes() {
        return root.caller.actsFor(version.ownerId())
                ? root.caller
                : new Caller(version.ownerId(), version.owner(), null, Set.of(), Set.of(), false, false);
    }
}
