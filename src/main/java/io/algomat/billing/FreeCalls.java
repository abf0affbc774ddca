package io.algomat.billing;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Writes down calls that cost nothing. They gather for a moment and are written many at a time, since nobody waits for them
 * and nobody's money depends on them. A gateway that is killed loses the last of them.
 */
@ApplicationScoped
class FreeCalls {
    private static final Logger LOG = Logger.getLogger(FreeCalls.class);

    /** How long calls wait for others. */
    static final Duration GATHER = Duration.ofMillis(500);

    private static final Duration RETRY = Duration.ofSeconds(1);

    /** Root calls in one transaction: it locks accounts, and charges of the same accounts wait for it. */
    private static final int MOST = 100;

    private static final int ROOM = 20_000;
    private static final int STOP_SECONDS = 30;
    private static final List<Due> END = List.of();

    private final CommitCharge charges;
    private final Watch watch;
    private final Counter lost;
    private final BlockingQueue<List<Due>> queue = new ArrayBlockingQueue<>(ROOM);
    private final Thread writer;
    private boolean started;
    private volatile boolean stopped;

    @Inject
    FreeCalls(CommitCharge charges, MeterRegistry registry) {
        this(
                charges,
                registry,
                Watch.SYSTEM,
                Thread.ofVirtual().name("free-calls").factory());
    }

    FreeCalls(CommitCharge charges, MeterRegistry registry, Watch watch, ThreadFactory threads) {
        this.charges = charges;
        this.watch = watch;
        this.writer = threads.newThread(this::write);
        this.lost = Counter.builder("algo.calls.free.lost")
                .description("Calls that cost nothing and are in no ledger, since the database was away for too long")
                .register(registry);
    }

    /** @param dues of one root call and those below it, all of them nothing */
    void add(List<Due> dues) {
        start();
        if (!queue.offer(dues)) {
            lost.increment();
        }
    }

    private synchronized void start() {
        if (!started) {
            started = true;
            writer.start();
        }
    }

    private void write() {
        List<List<Due>> together = new ArrayList<>();
        boolean on = true;
        while (on) {
            try {
                together.add(queue.take());
            } catch (InterruptedException e) {
                return;
            }
            if (!stopped && queue.size() < MOST) {
                watch.pause(GATHER);
            }
            queue.drainTo(together, MOST - together.size());
            on = !together.remove(END);
            if (!together.isEmpty()) {
                commit(together);
            }
            together.clear();
        }
    }

    private void commit(List<List<Due>> together) {
        while (true) {
            try {
                charges.together(together);
                return;
            } catch (SQLException e) {
                if (!Rows.mayPass(e)) {
                    break;
                }
                LOG.warnf("%d free calls could not be written yet: %s", together.size(), e.getMessage());
                if (stopped || !watch.pause(RETRY)) {
                    return;
                }
            } catch (RuntimeException e) {
                break;
            }
        }
        together.forEach(this::alone);
    }

    /** One of them was written before, or is refused. */
    private void alone(List<Due> dues) {
        try {
            charges.commit(dues);
        } catch (SQLException | RuntimeException e) {
            lost.increment();
            LOG.warnf("A free call is not in the ledger: %s", e.getMessage());
        }
    }

    /** Writes what is still waiting. */
    @PreDestroy
    synchronized void stop() throws InterruptedException {
        stopped = true;
        if (started && queue.offer(END)) {
            writer.join(TimeUnit.SECONDS.toMillis(STOP_SECONDS));
        }
    }
}
