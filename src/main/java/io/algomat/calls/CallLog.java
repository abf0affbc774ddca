package io.algomat.calls;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;

/**
 * The call log's writer: calls wait in memory for a moment and are written many at a time, so that no answer ever waits
 * for them. A gateway that is killed loses the last of them; the ledger has every charge.
 */
@ApplicationScoped
public class CallLog {
    private static final Logger LOG = Logger.getLogger(CallLog.class);
    private static final int ROOM = 100_000;
    private static final int BATCH = 1_000;
    /** How long calls wait for others to be written with. */
    private static final Duration GATHER = Duration.ofMillis(500);

    private static final Duration RETRY = Duration.ofSeconds(1);

    private final BlockingQueue<LoggedCall> waiting = new ArrayBlockingQueue<>(ROOM);
    private final List<LoggedCall> inHand = new ArrayList<>(BATCH);
    private final ReentrantLock writing = new ReentrantLock();
    private final CallRows rows;
    private final CallMeters meters;
    private volatile boolean stopped;

    CallLog(CallRows rows, CallMeters meters) {
        this.rows = rows;
        this.meters = meters;
    }

    void record(LoggedCall call) {
        if (!waiting.offer(call)) {
            meters.unlogged(1);
        }
    }

    void start(@Observes StartupEvent start) {
        Thread.ofVirtual().name("call-log").start(this::writeUntilStopped);
    }

    void stop(@Observes ShutdownEvent stop) {
        stopped = true;
        flush();
    }

    private void writeUntilStopped() {
        try {
            while (!stopped) {
                Thread.sleep(write() ? GATHER : RETRY);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** Writes everything that was recorded before this call, unless the database is away. */
    public void flush() {
        // With the lock in hand: what the other thread drained a moment ago is written by now, or failed and is in
        // hand.
        writing.lock();
        try {
            int batches = (waiting.size() + inHand.size()) / BATCH + 1;
            while (batches > 0 && write()) {
                batches--;
            }
        } finally {
            writing.unlock();
        }
    }

    /** Writes one batch; a batch that failed stays in hand, and is tried again as it is. */
    private boolean write() {
        writing.lock();
        try {
            waiting.drainTo(inHand, BATCH - inHand.size());
            if (!inHand.isEmpty()) {
                rows.insert(inHand);
                inHand.clear();
            }
            return true;
        } catch (SQLException failure) {
            LOG.warnf("%d calls could not be logged yet: %s", inHand.size(), failure.getMessage());
            return isRefused(failure) && writeOneByOne();
        } finally {
            writing.unlock();
        }
    }

    /** One call that the database will never take must not keep all others out of the log for good. */
    private boolean writeOneByOne() {
        while (!inHand.isEmpty()) {
            try {
                rows.insert(List.of(inHand.getFirst()));
            } catch (SQLException failure) {
                if (!isRefused(failure)) {
                    return false;
                }
                meters.unlogged(1);
                LOG.errorf("A call cannot be logged: %s", failure.getMessage());
            }
            inHand.removeFirst();
        }
        return true;
    }

    /** Whether the data was refused (classes 22 and 23), and trying again cannot help. */
    private static boolean isRefused(SQLException failure) {
        String state = failure.getSQLState();
        return state != null && (state.startsWith("22") || state.startsWith("23"));
    }
}
