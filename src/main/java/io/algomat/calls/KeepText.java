package io.algomat.calls;

import io.algomat.billing.HoldRequest;
import io.algomat.platform.Sql;
import io.algomat.workers.WorkerOutcome;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what calls wrote where somebody may read it: calls by the publisher's own account, and calls whose caller wished
 * it. Written beside the answers; under a flood the newest are not kept, since answers never wait for them.
 */
@ApplicationScoped
class KeepText {
    private static final Logger LOG = Logger.getLogger(KeepText.class);
    /** Of up to three times 64 KiB each. */
    private static final int ROOM = 256;

    private static final String INSERT = """
            INSERT INTO call_text (call_id, kept_at, caller_id, publisher_id, own, message, log, stacktrace)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (call_id) DO NOTHING
            """;

    private record Kept(HoldRequest held, CallText text) {}

    private final Sql sql;
    private final Clock clock;
    private final BlockingQueue<Kept> waiting = new ArrayBlockingQueue<>(ROOM);
    private final ReentrantLock writing = new ReentrantLock();
    private @Nullable Thread writer;

    KeepText(Sql sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
    }

    void start(@Observes StartupEvent start) {
        writer = Thread.ofVirtual().name("call-text").start(this::writeForEver);
    }

    void stop(@Observes ShutdownEvent stop) {
        if (writer != null) {
            writer.interrupt();
        }
        flush();
    }

    void ended(RootCall root, HoldRequest held, WorkerOutcome outcome) {
        boolean own = root.caller.actsFor(held.publisherId());
        if (!own && !root.keepText) {
            return;
        }
        CallText text = switch (outcome) {
            case WorkerOutcome.Succeeded done -> text(held, own, "", done.log(), null);
            case WorkerOutcome.Failed failed -> text(held, own, failed.message(), failed.log(), failed.stacktrace());
            case WorkerOutcome.Cancelled _ -> text(held, own, "", "", null);
        };
        if (!text.silent() && !waiting.offer(new Kept(held, text))) {
            LOG.debugf("What %s wrote is not kept: too much waits to be written", held.callId());
        }
    }

    private static CallText text(
            HoldRequest held, boolean own, String message, String log, @Nullable String stacktrace) {
        return new CallText(
                held.callId(),
                own,
                false,
                CallText.bounded(message),
                CallText.bounded(log),
                CallText.bounded(stacktrace == null ? "" : stacktrace));
    }

    private void writeForEver() {
        try {
            while (true) {
                Kept kept = waiting.take();
                writing.lock();
                try {
                    write(kept);
                } finally {
                    writing.unlock();
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** Writes all that ended before this, so that a reader finds the call of a moment ago. */
    void flush() {
        writing.lock();
        try {
            Kept kept = waiting.poll();
            while (kept != null) {
                write(kept);
                kept = waiting.poll();
            }
        } finally {
            writing.unlock();
        }
    }

    private void write(Kept kept) {
        CallText text = kept.text();
        try {
            sql.update(
                    INSERT,
                    text.callId(),
                    clock.instant(),
                    kept.held().callerId(),
                    kept.held().publisherId(),
                    text.own(),
                    text.message(),
                    text.log(),
                    text.stacktrace());
        } catch (RuntimeException failure) {
            LOG.warnf("What %s wrote could not be kept: %s", text.callId(), failure.getMessage());
        }
    }
}
