package io.algomat.workers;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A pool at a moment, for people who look at it.
 *
 * @param queued calls that wait, of so many {@code callers}
 * @param oldestMillis how long the first of them waits
 * @param perItemMillis what was learned: a batch of n takes {@code perItemMillis · n + perBatchMillis}; 0 before that
 * @param batch the calls that a worker takes at once when many wait
 * @param desired how many workers its load of late wants
 * @param coldMillis how long a start takes, by the starts so far; 0 before the first
 * @param bytes what one worker is expected to take
 * @param keepWarmSeconds how long an idle worker stays
 * @param againSeconds after how long a pause one is started again, before a call; 0 where it rather stays
 * @param crashes {@code steady}, {@code backing-off}, {@code looping} or {@code probing}
 * @param startsAgainSeconds how long until a start is tried again after deaths
 * @param quarantined inputs that killed two workers, and are kept out
 * @param decisions the last ones, the newest first
 * @param counts all decisions since the gateway began, by kind
 */
public record PoolView(
        String pool,
        Runtime runtime,
        String device,
        Reuse reuse,
        Workers.PoolState state,
        List<WorkerView> workers,
        int queued,
        int callers,
        long oldestMillis,
        double perItemMillis,
        double perBatchMillis,
        int batch,
        int desired,
        long coldMillis,
        long bytes,
        long keepWarmSeconds,
        long againSeconds,
        String crashes,
        long startsAgainSeconds,
        int quarantined,
        List<PoolDecision> decisions,
        Map<PoolDecision.Kind, Long> counts) {
    /**
     * One worker.
     *
     * @param name empty while it is starting
     * @param state {@code starting}, {@code idle}, {@code busy} or {@code stopping}
     * @param caller the account that it is kept for, or null
     * @param calls how many it has in hand
     * @param device the one that it was given, such as {@code gpu:1}
     */
    public record WorkerView(
            String name, String state, @Nullable Long caller, long bytes, int calls, String device) {}

    private static final double MILLI = 1e6;
    private static final long SECOND = 1_000_000_000L;

    static PoolView of(Pool pool, long now, Instant wall) {
        return new PoolView(
                pool.spec.pool(),
                pool.spec.runtime(),
                pool.spec.device(),
                pool.spec.reuse(),
                pool.state(),
                pool.slots.stream().map(PoolView::of).toList(),
                pool.queue.size(),
                pool.queue.callerCount(),
                (now - pool.queue.oldest(now)) / 1_000_000,
                pool.model.perItem() / MILLI,
                pool.model.perBatch() / MILLI,
                pool.former.most(pool.largestBatch()),
                pool.desired(),
                pool.measuredColdNanos() / 1_000_000,
                pool.bytes(),
                pool.warmth.keepNanos() / SECOND,
                pool.warmth.againNanos() / SECOND,
                pool.crashes
                        .state(now)
                        .name()
                        .toLowerCase(java.util.Locale.ROOT)
                        .replace('_', '-'),
                Math.ceilDiv(pool.crashes.waitNanos(now), SECOND),
                pool.quarantine.size(),
                pool.decisions.last(now, wall),
                pool.decisions.counts());
    }

    private static WorkerView of(Slot slot) {
        Worker worker = slot.worker;
        Grant grant = slot.grant;
        return new WorkerView(
                worker == null ? "" : worker.name(),
                slot.state.name().toLowerCase(java.util.Locale.ROOT),
                slot.caller,
                slot.bytes,
                grant == null ? 0 : grant.size(),
                slot.device);
    }
}
