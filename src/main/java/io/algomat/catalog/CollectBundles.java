package io.algomat.catalog;

import io.algomat.platform.Sql;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * Removes drafts that have expired, the objects and artifacts that no draft and no version refers to, and
 * what uploads left unfinished.
 */
@ApplicationScoped
class CollectBundles {
    private static final Logger LOG = Logger.getLogger(CollectBundles.class);
    private static final String USED = """
            SELECT artifact_sha256 FROM draft UNION SELECT artifact_sha256 FROM version
            UNION SELECT dependencies_sha256 FROM draft WHERE dependencies_sha256 IS NOT NULL
            UNION SELECT dependencies_sha256 FROM version WHERE dependencies_sha256 IS NOT NULL
            """;

    private final Sql sql;
    private final DraftRows drafts;
    private final ObjectStore objects;
    private final Artifacts artifacts;
    private final Clock clock;

    CollectBundles(Sql sql, DraftRows drafts, ObjectStore objects, Artifacts artifacts, Clock clock) {
        this.sql = sql;
        this.drafts = drafts;
        this.objects = objects;
        this.artifacts = artifacts;
        this.clock = clock;
    }

    @Scheduled(every = "15m", delayed = "1m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @Transactional(rollbackOn = IOException.class)
    void collect() throws IOException {
        objects.forgetUnfinished();
        artifacts.forgetUnfinished(clock.instant().minus(FileObjectStore.LONGEST_UPLOAD));
        int expired = drafts.deleteExpired();
        sql.list("SELECT pg_advisory_xact_lock(?)", _ -> true, KeepBundle.LOCK);
        Set<String> used = new HashSet<>(sql.list(USED, row -> row.getString(1)));
        List<String> unused = objects.settled().stream()
                .filter(object -> !used.contains(object))
                .toList();
        for (String object : unused) {
            // The artifact first: while its object is there, a later run finds it again.
            artifacts.delete(object);
            objects.delete(object);
        }
        if (expired + unused.size() > 0) {
            LOG.infof("Collected %d expired drafts and %d bundles that nothing refers to", expired, unused.size());
        }
    }
}
