package io.algomat.accounts;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Who stands behind a key's digest, so that a call costs no look-up. Changes evict at once here and by NOTIFY on other
 * gateways; while this gateway does not hear the database, no entry older than three quarters of a second is trusted.
 */
@ApplicationScoped
class KeyCache {
    private record Entry(CallerRows.KeyCaller caller, long loadedAt) {}

    /** Three heartbeats. The rest of the second in which a revoked key must be dead is left for its way through here. */
    private static final long DEAF_NANOS = Duration.ofMillis(750).toNanos();

    private final Cache<ByteBuffer, Entry> known = Caffeine.newBuilder()
            .maximumSize(100_000)
            .expireAfterWrite(Duration.ofMinutes(5))
            .build();
    // Apart, so that guesses cannot push out real keys.
    private final Cache<ByteBuffer, Boolean> unknown = Caffeine.newBuilder()
            .maximumSize(10_000)
            .expireAfterWrite(Duration.ofSeconds(10))
            .build();
    /** Counts evictions: what was read before one must not be kept after it. */
    private final AtomicLong evictions = new AtomicLong();

    private final LongSupplier nanos;
    private final AtomicLong heardAt;

    @Inject
    KeyCache() {
        this(System::nanoTime);
    }

    KeyCache(LongSupplier nanos) {
        this.nanos = nanos;
        this.heardAt = new AtomicLong(nanos.getAsLong() - DEAF_NANOS);
    }

    Optional<CallerRows.KeyCaller> get(byte[] digest, Supplier<Optional<CallerRows.KeyCaller>> rows) {
        ByteBuffer key = ByteBuffer.wrap(digest);
        Entry entry = known.getIfPresent(key);
        if (entry != null && trusted(entry)) {
            return Optional.of(entry.caller);
        }
        if (unknown.getIfPresent(key) != null) {
            return Optional.empty();
        }
        return load(key, rows);
    }

    private Optional<CallerRows.KeyCaller> load(ByteBuffer key, Supplier<Optional<CallerRows.KeyCaller>> rows) {
        long before = evictions.get();
        long now = nanos.getAsLong();
        Optional<CallerRows.KeyCaller> found = rows.get();
        found.ifPresentOrElse(caller -> known.put(key, new Entry(caller, now)), () -> {
            known.invalidate(key);
            unknown.put(key, true);
        });
        if (evictions.get() != before) {
            known.invalidate(key);
            unknown.invalidate(key);
        }
        return found;
    }

    private boolean trusted(Entry entry) {
        long now = nanos.getAsLong();
        return now - heardAt.get() < DEAF_NANOS || now - entry.loadedAt < DEAF_NANOS;
    }

    void evictOwner(long ownerId) {
        evictions.incrementAndGet();
        known.asMap().values().removeIf(entry -> entry.caller.caller().ownerId() == ownerId);
        unknown.invalidateAll();
    }

    void evictAll() {
        evictions.incrementAndGet();
        known.invalidateAll();
        unknown.invalidateAll();
    }

    /** This moment by the cache's clock, to be taken before the database is asked. */
    long now() {
        return nanos.getAsLong();
    }

    /** The database was heard: whatever had changed until it was asked has been evicted. */
    void heard(long askedAt) {
        heardAt.set(askedAt);
    }
}
