package io.algomat.runner;

import io.algomat.runner.protocol.Batch;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.UUID;

/** The last calls that were cancelled: as many as can be on their way at once, since a CANCEL may come before its call. */
final class Cancelled {
    private final Set<UUID> ids = new LinkedHashSet<>();

    synchronized void add(UUID callId) {
        ids.add(callId);
        if (ids.size() > Batch.MOST) {
            ids.remove(ids.iterator().next());
        }
    }

    synchronized boolean has(UUID callId) {
        return ids.contains(callId);
    }
}
