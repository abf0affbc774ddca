package io.algomat.workers;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The last decisions of one pool, and how many of each kind there were. Guarded by the fleet's lock. */
final class PoolDecisions {
    private static final int KEPT = 50;

    private record Noted(PoolDecision.Kind kind, String why, long nanos, long times) {}

    private final Deque<Noted> last = new ArrayDeque<>();
    private final Map<PoolDecision.Kind, Long> counts = new EnumMap<>(PoolDecision.Kind.class);
    private final FleetCounts all;

    /** @param all those of every pool */
    PoolDecisions(FleetCounts all) {
        this.all = all;
    }

    /** The same kind again replaces the note before it: a storm of refusals must not push out why it came to them. */
    void note(PoolDecision.Kind kind, String why, long now) {
        counts.merge(kind, 1L, Long::sum);
        all.decided(kind);
        long times = 1;
        if (!last.isEmpty() && last.getFirst().kind() == kind) {
            times += last.removeFirst().times();
        }
        last.addFirst(new Noted(kind, why, now, times));
        if (last.size() > KEPT) {
            last.removeLast();
        }
    }

    /** The newest first. */
    List<PoolDecision> last(long now, Instant wall) {
        return last.stream()
                .map(noted -> new PoolDecision(
                        wall.minusNanos(now - noted.nanos()), noted.kind(), noted.why(), noted.times()))
                .toList();
    }

    Map<PoolDecision.Kind, Long> counts() {
        return Map.copyOf(counts);
    }
}
