package io.algomat.workers;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Sandboxes that were started before they are wanted: of each kind that versions used of late so many, as long as memory is
 * plenty. The first that needs their memory gets it. Guarded by the fleet's lock.
 */
final class Spares {
    /**
     * @param each how many of a kind; 0 for none at all
     * @param keepNanos how long after a kind's last use
     */
    record Bounds(int each, long keepNanos) {}

    /** A start and its first call have the processors for themselves so long, before another sandbox is begun. */
    private static final long PAUSE_NANOS = 150_000_000L;
    /** A kind that could not be started is left alone so long. */
    private static final long BROKEN_NANOS = 60_000_000_000L;
    /** This part of the memory stays free for workers. */
    private static final long RESERVE = 8;

    /** One sandbox, from its start until its process is gone or a worker's. */
    static final class One {
        final SpareKind kind;

        @Nullable
        Spare spare;

        boolean ended;

        One(SpareKind kind) {
            this.kind = kind;
        }
    }

    private static final class Use {
        WorkerSpec like;
        long lastNanos;
        long notBeforeNanos;

        Use(WorkerSpec like) {
            this.like = like;
        }
    }

    private final Bounds bounds;
    private final Room machine;
    private final SpareStarter starter;
    private final Function<One, SpareStarter.Events> events;
    private final List<One> all = new ArrayList<>();
    private final Map<SpareKind, Use> uses = new HashMap<>();

    Spares(Bounds bounds, Room machine, SpareStarter starter, Function<One, SpareStarter.Events> events) {
        this.bounds = bounds;
        this.machine = machine;
        this.starter = starter;
        this.events = events;
    }

    /** A sandbox for a worker that is started now, its memory counted with the worker's from here on; or null. */
    @Nullable
    Spare take(WorkerSpec spec, long now) {
        SpareKind kind = bounds.each() == 0 || spec.gpu() ? null : starter.kind(spec);
        if (kind == null) {
            return null;
        }
        Use use = uses.computeIfAbsent(kind, _ -> new Use(spec));
        use.like = spec;
        use.lastNanos = now;
        use.notBeforeNanos = Math.max(use.notBeforeNanos, now + PAUSE_NANOS);
        for (One one : all) {
            Spare ready = one.spare;
            if (ready != null && !one.ended && one.kind.equals(kind)) {
                all.remove(one);
                machine.give(kind.bytes());
                return ready;
            }
        }
        return null;
    }

    /** Its process has begun and waits. */
    void ready(One one, Spare spare) {
        one.spare = spare;
        if (one.ended) {
            spare.stop();
        }
    }

    /** Its process is gone, and not as a worker's. */
    void gone(One one, long now) {
        if (!all.remove(one)) {
            return;
        }
        machine.give(one.kind.bytes());
        Use use = uses.get(one.kind);
        if (one.ended) {
            machine.left(one.kind.bytes());
        } else if (use != null) {
            use.notBeforeNanos = now + BROKEN_NANOS;
        }
    }

    /** Somebody wants their memory, or nobody wants them any more. */
    void endAll() {
        all.forEach(this::end);
    }

    private void end(One one) {
        if (!one.ended) {
            one.ended = true;
            machine.leaves(one.kind.bytes());
            Spare ready = one.spare;
            if (ready != null) {
                ready.stop();
            }
        }
    }

    /** The regular look: lets go what was not used for long, begins what is missing. */
    void sweep(long now) {
        uses.values().removeIf(use -> now - use.lastNanos > bounds.keepNanos());
        all.stream().filter(one -> !uses.containsKey(one.kind)).toList().forEach(this::end);
        for (Map.Entry<SpareKind, Use> entry : uses.entrySet()) {
            SpareKind kind = entry.getKey();
            boolean plenty = machine.waiting().isEmpty() && machine.free() - kind.bytes() >= machine.limit() / RESERVE;
            if (plenty && now >= entry.getValue().notBeforeNanos && count(kind) < bounds.each()) {
                One one = new One(kind);
                all.add(one);
                machine.take(kind.bytes());
                starter.begin(kind, entry.getValue().like, events.apply(one));
            }
        }
    }

    private long count(SpareKind kind) {
        return all.stream().filter(one -> one.kind.equals(kind)).count();
    }

    /** How many wait for a worker. */
    int ready() {
        return (int) all.stream().filter(one -> one.spare != null && !one.ended).count();
    }
}
