package io.algomat.workers;

import io.algomat.platform.Payload;
import io.algomat.runner.protocol.CallMessage;
import io.algomat.runner.protocol.Failure;
import io.algomat.runner.protocol.Frame;
import io.algomat.runner.protocol.FrameChannel;
import io.algomat.runner.protocol.FrameType;
import io.algomat.runner.protocol.Kind;
import io.algomat.runner.protocol.ProtocolException;
import io.algomat.runner.protocol.ResultMessage;
import io.algomat.runner.protocol.Value;
import java.io.IOException;
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
    private static final long PING_NANOS = 5_000_000_000L;
    /** A worker that is silent for so long does not run; its control socket waits for nothing else. */
    private static final long SILENCE_NANOS = 4 * PING_NANOS;

    /** The call that the worker has in hand. Whoever completes the reply first decides how it ended. */
    private static final class Running {
        final UUID callId;
        final int maxOutputBytes;
        final CompletableFuture<Reply> reply = new CompletableFuture<>();
        volatile long killAtNanos;

        Running(WorkerCall call, long killAtNanos) {
            this.callId = call.callId();
            this.maxOutputBytes = Math.min(call.maxOutputBytes(), Value.MAX_BYTES);
            this.killAtNanos = killAtNanos;
        }
    }

    private final String name;
    private final Process process;
    private final FrameChannel control;
    private final FrameChannel data;
    private final WorkerStarter.Events events;
    private final long graceNanos;
    private final LogTail log;
    private volatile @Nullable Running running;
    private volatile boolean dead;
    /** When the last PING went out and when the last frame came on the control socket. */
    private long pingedNanos = System.nanoTime();

    private volatile long heardNanos = System.nanoTime();

    WorkerProcess(
            String name,
            Process process,
            FrameChannel control,
            FrameChannel data,
            WorkerStarter.Events events,
            LogTail log,
            long graceNanos) {
        this.name = name;
        this.process = process;
        this.control = control;
        this.data = data;
        this.events = events;
        this.log = log;
        this.graceNanos = graceNanos;
    }

    /** Begins to read, and hands the worker to its pool. */
    void serve() {
        Thread.ofPlatform().daemon().name("reader " + name).start(this::read);
        Thread.ofVirtual().name("control " + name).start(this::listen);
        events.ready(this);
        process.onExit().thenRun(() -> {
            die();
            events.exited();
        });
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Reply run(WorkerCall call) {
        long remaining = call.deadlineNanos() - System.nanoTime();
        Running mine = new Running(call, call.deadlineNanos() + graceNanos);
        running = mine;
        if (dead) {
            return new Reply.Lost(false);
        }
        call.cancelled().thenRun(() -> mine.reply.complete(new Reply.GivenUp()));
        try {
            int millis = (int) Math.clamp(remaining / 1_000_000, 0, Integer.MAX_VALUE);
            new CallMessage(call.callId(), millis, mine.maxOutputBytes, value(call.input())).send(data);
        } catch (IOException e) {
            // The last byte did not go, so the worker cannot have begun.
            stop();
            return new Reply.Lost(false);
        }
        Reply reply = Decision.of(mine.reply, remaining, new Reply.TimedOut(), new Reply.GivenUp());
        if (reply instanceof Reply.TimedOut || reply instanceof Reply.GivenUp) {
            abandon(mine);
        }
        return reply;
    }

    @Override
    public void sweep(long nanoTime) {
        Running present = running;
        if (present != null && nanoTime - present.killAtNanos > 0) {
            LOG.infof("Killing %s: its call did not end when it had to", name);
            stop();
        } else if (nanoTime - heardNanos > SILENCE_NANOS) {
            LOG.infof("Killing %s: it does not answer", name);
            stop();
        } else if (nanoTime - pingedNanos > PING_NANOS) {
            pingedNanos = nanoTime;
            tell(Frame.of(FrameType.PING));
        }
    }

    @Override
    public void stop() {
        process.destroyForcibly();
    }

    private void abandon(Running mine) {
        mine.killAtNanos = System.nanoTime() + graceNanos;
        tell(Frame.of(FrameType.CANCEL, mine.callId));
    }

    private void tell(Frame frame) {
        // Writing on an interrupted thread would close the socket, and so end a healthy worker.
        boolean interrupted = Thread.interrupted();
        try {
            control.write(frame);
        } catch (IOException e) {
            stop();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** What the worker says between calls: it lives, and lines for its log. */
    private void listen() {
        try {
            while (true) {
                Frame frame = control.read();
                heardNanos = System.nanoTime();
                switch (frame.type()) {
                    case PING, METRIC -> {}
                    case LOG -> log.append(frame.body());
                    default -> throw new ProtocolException(frame.type() + " has no place on the control socket");
                }
            }
        } catch (IOException e) {
            stop();
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
        Running mine = running;
        if (mine == null || !frame.callId().equals(mine.callId)) {
            throw new ProtocolException("an answer to a call that it does not have");
        }
        Reply reply = switch (frame.type()) {
            case RESULT -> new Reply.Result(ResultMessage.receive(data, frame, mine.maxOutputBytes));
            case ERROR -> new Reply.Failed(Failure.of(frame));
            default -> throw new ProtocolException(frame.type() + " has no place on the data socket");
        };
        running = null;
        if (!mine.reply.complete(reply)) {
            events.free();
        }
    }

    private void die() {
        dead = true;
        Running mine = running;
        if (mine != null) {
            mine.reply.complete(new Reply.Lost(true));
        }
        control.close();
        data.close();
    }

    static Value value(Payload payload) {
        Kind kind = switch (payload.kind()) {
            case VOID -> Kind.VOID;
            case TEXT -> Kind.TEXT;
            case JSON -> Kind.JSON;
            case BINARY -> Kind.BINARY;
        };
        return new Value(kind, payload.bytes());
    }

    static Payload payload(Value value) {
        Payload.Kind kind = switch (value.kind()) {
            case VOID -> Payload.Kind.VOID;
            case TEXT -> Payload.Kind.TEXT;
            case JSON -> Payload.Kind.JSON;
            case BINARY -> Payload.Kind.BINARY;
        };
        return new Payload(kind, value.bytes());
    }
}
