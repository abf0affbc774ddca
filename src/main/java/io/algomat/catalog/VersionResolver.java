package io.algomat.catalog;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.algomat.accounts.Caller;
import io.algomat.platform.ErrorCode;
import io.algomat.platform.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Finds the version that a call means. Cached: a version in steady use is found without the database. A change made by
 * this gateway is seen at once, one made by another after {@link CatalogConfig#snapshotLife} at the latest.
 */
@ApplicationScoped
public class VersionResolver {
    private static final int MOST_ALGORITHMS = 20_000;
    /** As the database has it; anything longer would only fill the cache. */
    private static final int LONGEST_OWNER = 30;

    private static final int LONGEST_NAME = 64;

    private record Key(String owner, String name) {
        static Key of(String owner, String name) {
            return new Key(owner.toLowerCase(Locale.ROOT), name.toLowerCase(Locale.ROOT));
        }
    }

    private final Clock clock;
    private final LoadingCache<Key, Optional<PublishedAlgorithm>> snapshots;

    public VersionResolver(PublishedAlgorithms published, CatalogConfig config, Clock clock) {
        this.clock = clock;
        // Refreshed at half its life beside the calls that use it, so that steady traffic never waits for the database.
        this.snapshots = Caffeine.newBuilder()
                .maximumSize(MOST_ALGORITHMS)
                .expireAfterWrite(config.snapshotLife())
                .refreshAfterWrite(config.snapshotLife().dividedBy(2))
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .build(key -> published.find(key.owner(), key.name()));
    }

    /**
     * @param segment the version segment of the address (absent, {@code latest}, {@code 1.2.3}, {@code 1.2.*},
     *     {@code latestPrivate}…), see Algorithmia's rules in docs/calling.md
     * @param caller null for a visitor, who sees public versions only
     * @throws io.algomat.platform.Problem not-found, also for a private algorithm to a stranger
     */
    public CallableVersion resolve(String owner, String name, @Nullable String segment, @Nullable Caller caller) {
        if (owner.length() > LONGEST_OWNER || name.length() > LONGEST_NAME) {
            throw unknown(EntryNames.shown(owner), EntryNames.shown(name));
        }
        PublishedAlgorithm algorithm = snapshots.get(Key.of(owner, name)).orElseThrow(() -> unknown(owner, name));
        boolean member = caller != null && caller.actsFor(algorithm.ownerId());
        if (algorithm.takeDownReason() != null) {
            throw member ? takenDown(algorithm, algorithm.takeDownReason()) : unknown(owner, name);
        }
        return find(algorithm, segment, member)
                .orElseThrow(() -> member || hasPublic(algorithm)
                        ? noSuchVersion(algorithm, segment, member)
                        : unknown(owner, name));
    }

    private static boolean hasPublic(PublishedAlgorithm algorithm) {
        return algorithm.versions().stream()
                .anyMatch(numbered -> numbered.version().publiclyVisible());
    }

    /** The raise that is announced to callers who get this version without naming it exactly. */
    public Optional<Raise> raise(CallableVersion current) {
        Instant now = clock.instant();
        return snapshots.get(Key.of(current.owner(), current.name())).stream()
                .flatMap(algorithm -> algorithm.versions().stream())
                .takeWhile(numbered -> numbered.version().versionId() != current.versionId())
                .filter(numbered -> numbered.version().publiclyVisible() && !numbered.inEffect(now))
                .reduce((later, earlier) -> earlier)
                .map(next -> new Raise(
                        current.path(),
                        current.version(),
                        current.price(),
                        next.version().version(),
                        next.version().price(),
                        Objects.requireNonNull(next.newestFrom(), "what is not in effect has a time")));
    }

    private Optional<CallableVersion> find(PublishedAlgorithm algorithm, @Nullable String segment, boolean member) {
        return VersionSegment.parse(segment).flatMap(wanted -> switch (wanted) {
            case VersionSegment.Newest newest -> newest(algorithm, newest);
            case VersionSegment.Exact exact ->
                first(
                        algorithm,
                        v -> v.number().equals(exact.number())
                                && (member || v.version().publiclyVisible()));
            case VersionSegment.NewestPrivate _ ->
                member ? first(algorithm, v -> !v.version().publiclyVisible()) : Optional.empty();
        });
    }

    /** The newest in effect; of a range that has none yet, the newest: whoever names such a range has seen its price. */
    private Optional<CallableVersion> newest(PublishedAlgorithm algorithm, VersionSegment.Newest newest) {
        Instant now = clock.instant();
        return first(algorithm, v -> v.version().publiclyVisible() && newest.covers(v.number()) && v.inEffect(now))
                .or(() -> first(algorithm, v -> v.version().publiclyVisible() && newest.covers(v.number())));
    }

    private static Optional<CallableVersion> first(
            PublishedAlgorithm algorithm, Predicate<PublishedAlgorithm.Numbered> wanted) {
        return algorithm.versions().stream().filter(wanted).findFirst().map(PublishedAlgorithm.Numbered::version);
    }

    void forget(@Observes(during = TransactionPhase.AFTER_SUCCESS) CatalogChanged change) {
        snapshots.invalidate(Key.of(change.owner(), change.name()));
    }

    private static Problem unknown(String owner, String name) {
        return Problem.of(ErrorCode.NOT_FOUND, "algorithm algo://" + owner + "/" + name + " not found");
    }

    private static Problem takenDown(PublishedAlgorithm algorithm, String reason) {
        return Problem.of(
                ErrorCode.NOT_FOUND,
                "algorithm algo://" + algorithm.owner() + "/" + algorithm.name()
                        + " was taken down by the administrator: " + reason);
    }

    private static Problem noSuchVersion(PublishedAlgorithm algorithm, @Nullable String segment, boolean member) {
        String path = "algorithm algo://" + algorithm.owner() + "/" + algorithm.name();
        boolean any = segment == null || segment.isEmpty() || segment.equalsIgnoreCase("latest");
        return Problem.of(
                ErrorCode.NOT_FOUND,
                any && member
                        ? path + " has no public version; name a private one exactly, or ask for latestPrivate"
                        : path + "/" + segment + " not found");
    }
}
