package io.algomat.workers;

import io.algomat.runner.protocol.Batch;
import io.algomat.runner.protocol.CallMessage;
import io.algomat.runner.protocol.Failure;
import io.algomat.runner.protocol.Frame;
import io.algomat.runner.protocol.FrameChannel;
import io.algomat.runner.protocol.FrameType;
import io.algomat.runner.protocol.Loaded;
import io.algomat.runner.protocol.Metric;
import io.algomat.runner.protocol.OutCall;
import io.algomat.runner.protocol.ProtocolException;
import io.algomat.runner.protocol.ResultMessage;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * A worker process that has loaded its task, seen from the gateway. One platform thread reads its data socket: a round
 * trip through a virtual thread's poller takes four times as long.
 */
final class WorkerProcess implements Worker {
    private static final Logger LOG = Logger.getLogger(WorkerProcess.class);

    /** A socket that is still open this long after the process's end is held by nobody who speaks for it. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(2);

    private final String name;
    private final Process process;
    private final ControlGroup group;
    private final ControlLine control;
    private final FrameChannel data;
    private final WorkerStarter.Events events;
    private final long graceNanos;
    private final LogTail log;
    private final int logBytes;
    private final Loaded loaded;
    private volatile @Nullable InHand inHand;
    /** Set by the reader: what it has in hand has used the process up. */
    private boolean spent;

    private volatile boolean dead;

    WorkerProcess(
            String name,
            Process process,
            ControlGroup group,
            FrameChannel control,
            FrameChannel data,
            Loaded loaded,
            WorkerStarter.Events events,
            LogTail log,
            int logBytes,
            long graceNanos) {
        this.name = name;
        this.process = process;
        this.group = group;
        this.control = new ControlLine(control, this::stop);
        this.data = data;
        this.loaded = loaded;
        this.events = events;
        this.log = log;
        this.logBytes = logBytes;
        this.graceNanos = graceNanos;
    }

    /** Begins to read, and hands the worker to its pool. */
    void serve() {
        Thread reader = Thread.ofPlatform().daemon().name("reader " + name).start(this::read);
        Thread.ofVirtual().name("control " + name).start(() -> control.listen(this::note));
        events.ready(this);
        process.onExit().thenRunAsync(() -> exited(reader), Thread::startVirtualThread);
    }

    /** What it sent before it ended is still to be read: its last frame may say why. */
    private void exited(Thread reader) {
        try {
            reader.join(LAST_WORDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        die();
        events.exited();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int largestBatch() {
        return loaded.largestBatch();
    }

    @Override
    public long residentBytes() {
        return loaded.residentBytes();
    }

    @Override
    public List<CompletableFuture<Reply>> begin(List<WorkerCall> calls) {
        InHand mine = new InHand(calls, data, logBytes, graceNanos, log.heard());
        group.begin();
        inHand = mine;
        if (dead) {
            mine.lost(false);
            return mine.replies();
        }
        if (mine.calls.size() == 1) {
            // Of a batch nobody can tell which call wrote what, and it may be another caller's.
            log.begin(mine.calls.getFirst().log);
        }
        // Writing on an interrupted thread would close the socket, and so end a healthy worker.
        boolean interrupted = Thread.interrupted();
        try {
            send(mine);
            mine.sent = true;
            if (dead) {
                mine.lost(true);
            }
        } catch (IOException e) {
            // The last byte did not go, so the worker cannot have begun.
            mine.lost(false);
            stop();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        return mine.replies();
    }

    private void send(InHand mine) throws IOException {
        long now = System.nanoTime();
        List<CallMessage> messages = new ArrayList<>(mine.calls.size());
        for (InHand.Running running : mine.calls) {
            WorkerCall call = running.call;
            int millis = (int) Math.clamp((call.deadlineNanos() - now) / 1_000_000, 0, Integer.MAX_VALUE);
            messages.add(new CallMessage(call.callId(), millis, running.maxOutputBytes, Wire.value(call.input())));
        }
        if (messages.size() == 1) {
            messages.getFirst().send(data);
        } else {
            new Batch(messages).send(data);
        }
    }

    @Override
    public void abandon(UUID callId) {
        InHand present = inHand;
        InHand.Running running = present == null ? null : present.open(callId);
        if (running != null) {
            running.nested.end();
            running.killAtNanos = Math.min(running.killAtNanos, System.nanoTime() + graceNanos);
            control.tell(Frame.of(FrameType.CANCEL, callId));
        }
    }

    @Override
    public void sweep(long nanoTime) {
        InHand present = inHand;
        String limit = present == null ? null : exceeded(present);
        if (present != null && limit != null && present.condemn()) {
            LOG.infof("Killing %s: %s", name, limit);
            present.ended(LimitHit.reply(limit));
            stop();
        } else if (present != null && present.overdue(nanoTime) && present.condemn()) {
            LOG.infof("Killing %s: its call did not end when it had to", name);
            stop();
        } else if (control.silent(nanoTime)) {
            LOG.infof("Killing %s: it does not answer", name);
            stop();
        } else {
            control.ping(nanoTime);
        }
    }

    private @Nullable String exceeded(InHand present) {
        String limit = group.exceeded();
        return limit == null && log.heard() - present.heardBefore > LogTail.MOST_OF_A_CALL ? LimitHit.OUTPUT : limit;
    }

    @Override
    public void stop() {
        process.destroyForcibly();
    }

    private void note(Frame frame) {
        InHand present = inHand;
        InHand.Running running = present == null ? null : present.open(frame.callId());
        if (running == null) {
            log.line(frame.body());
        } else {
            running.log.line(frame.body());
            log.framed(frame.body().length);
        }
    }

    private void read() {
        try {
            while (true) {
                take(data.read());
            }
        } catch (ProtocolException e) {
            LOG.warnf("Killing %s, which broke the protocol: %s", name, e.getMessage());
        } catch (IOException e) {
            LOG.debugf("%s closed its data socket", name);
        }
        die();
        stop();
    }

    private void take(Frame frame) throws IOException {
        InHand present = inHand;
        InHand.Running mine = present == null ? null : present.open(frame.callId());
        if (frame.type() == FrameType.LOG) {
            note(frame);
            return;
        }
        if (present == null || mine == null) {
            throw new ProtocolException("an answer to a call that it does not have");
        }
        switch (frame.type()) {
            case RESULT -> {
                ResultMessage result = ResultMessage.receive(data, frame, mine.maxOutputBytes);
                answered(present, mine, new Reply.Result(result, ended(present, mine), mine.metrics.byName()));
            }
            case ERROR -> answered(present, mine, failed(Failure.of(frame), ended(present, mine)));
            case METRIC -> mine.metrics.add(Metric.of(frame));
            case CALL_OUT -> mine.nested.begin(OutCall.receive(data, frame));
            default -> throw new ProtocolException(frame.type() + " has no place on the data socket");
        }
    }

    /** What the call wrote, now that it has ended. */
    private String ended(InHand present, InHand.Running mine) {
        mine.nested.end();
        if (present.calls.size() == 1) {
            log.end();
        }
        return mine.log.text();
    }

    private void answered(InHand present, InHand.Running mine, Reply reply) {
        spent |= reply instanceof Reply.Failed(var failure, var log) && LimitHit.uses(failure.errorType());
        if (present.answered(mine)) {
            inHand = null;
            if (spent || present.condemned()) {
                events.spent();
            } else {
                events.free();
            }
        }
        mine.reply.complete(reply);
    }

    /** What the worker reports may be only what a limit made of it. */
    private Reply failed(Failure failure, String written) {
        String limit = group.exceeded();
        return limit == null ? new Reply.Failed(failure, written) : LimitHit.reply(limit);
    }

    private void die() {
        dead = true;
        InHand present = inHand;
        // While it is still being sent, only its sender knows whether the worker can have begun.
        if (present != null && present.sent) {
            String limit = group.exceeded();
            if (limit != null) {
                present.ended(LimitHit.reply(limit));
            }
            present.lost(true);
        }
        control.close();
        data.close();
    }
}
