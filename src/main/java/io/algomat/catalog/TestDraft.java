package io.algomat.catalog;

import io.algomat.catalog.DraftView.Level;
import io.algomat.platform.Problem;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import org.jboss.logging.Logger;

/**
 * Tests drafts beside the uploads, a few at a time. A draft in hand is leased; one whose gateway died, or that no gateway
 * took, is taken up again by whoever looks first.
 */
@ApplicationScoped
class TestDraft {
    private static final Logger LOG = Logger.getLogger(TestDraft.class);

    private final DraftRows rows;
    private final RunSamples samples;
    private final Semaphore places;
    private final Set<Long> inHand = ConcurrentHashMap.newKeySet();
    private final Set<String> waiting = ConcurrentHashMap.newKeySet();
    private volatile boolean stopping;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    TestDraft(DraftRows rows, RunSamples samples, CatalogConfig config) {
        this.rows = rows;
        this.samples = samples;
        this.places = new Semaphore(config.parallelTests());
    }

    /** Begins the test and returns at once; one that waits for its turn already goes on waiting. */
    void begin(String draft) {
        if (!waiting.add(draft)) {
            return;
        }
        try {
            threads.execute(() -> test(draft));
        } catch (RejectedExecutionException e) {
            LOG.debugf("The gateway is stopping; the next one tests %s", draft);
        }
    }

    void test(String publicId) {
        places.acquireUninterruptibly();
        waiting.remove(publicId);
        try {
            if (rows.claim(publicId)) {
                rows.find(publicId).ifPresent(this::test);
            }
        } finally {
            places.release();
        }
    }

    private void test(DraftRows.Draft draft) {
        inHand.add(draft.id());
        try {
            rows.clearTest(draft.id());
            boolean passed = passes(draft);
            // A worker that the gateway's own stop took away says nothing about the draft: the next gateway tests it
            // anew.
            if (!stopping) {
                rows.tested(draft.id(), passed);
            }
        } finally {
            inHand.remove(draft.id());
        }
    }

    private boolean passes(DraftRows.Draft draft) {
        try {
            return samples.run(draft);
        } catch (Problem refusal) {
            rows.log(draft.id(), Level.BAD, refusal.detail());
        } catch (RuntimeException e) {
            LOG.errorf(e, "The test of %s broke off", draft.publicId());
            rows.log(draft.id(), Level.BAD, "The test broke off by a fault of the platform; upload the bundle again.");
        }
        return false;
    }

    @Scheduled(every = "10s", delayed = "10s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void keepGoing() {
        if (!inHand.isEmpty()) {
            rows.stillTesting(inHand);
        }
        rows.untested().forEach(this::begin);
    }

    /** Before the workers are stopped. */
    void stopping(@Observes @Priority(Interceptor.Priority.LIBRARY_BEFORE) ShutdownEvent event) {
        stopping = true;
    }

    @PreDestroy
    void stop() {
        threads.shutdownNow();
    }
}
