package io.algomat.workers;

import io.algomat.runner.protocol.Frame;
import io.algomat.runner.protocol.FrameChannel;
import io.algomat.runner.protocol.FrameType;
import io.algomat.runner.protocol.ProtocolException;
import java.io.IOException;
import java.util.function.Consumer;

/** A worker's control socket: what it says between calls, what it is told beside them, and whether it still answers. */
final class ControlLine {
    private static final long PING_NANOS = 5_000_000_000L;
    /** A worker that is silent for so long does not run; its control socket waits for nothing else. */
    private static final long SILENCE_NANOS = 4 * PING_NANOS;
    /** What counts of the time between two looks: a gateway that stood still was itself the one who did not listen. */
    private static final long LOOK_NANOS = 1_000_000_000L;

    private final FrameChannel channel;
    private final Runnable broken;
    /** When the last PING went out, and when {@link #silent} looked last. */
    private long pingedNanos = System.nanoTime();

    private long lookedNanos = System.nanoTime();
    /** Since the last frame came. */
    private long silentNanos;
    /** Whether a frame came since the last look. */
    private volatile boolean heard;

    /** @param broken run when the socket is of no use any more */
    ControlLine(FrameChannel channel, Runnable broken) {
        this.channel = channel;
        this.broken = broken;
    }

    /** Reads until the socket ends. */
    void listen(Consumer<Frame> log) {
        try {
            while (true) {
                Frame frame = channel.read();
                heard = true;
                switch (frame.type()) {
                    case PING -> {}
                    case LOG -> log.accept(frame);
                    default -> throw new ProtocolException(frame.type() + " has no place on the control socket");
                }
            }
        } catch (IOException e) {
            broken.run();
        }
    }

    void tell(Frame frame) {
        // Writing on an interrupted thread would close the socket, and so end a healthy worker.
        boolean interrupted = Thread.interrupted();
        try {
            channel.write(frame);
        } catch (IOException e) {
            broken.run();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** To be asked at least once a second. */
    boolean silent(long nanoTime) {
        silentNanos = heard ? 0 : silentNanos + Math.min(nanoTime - lookedNanos, LOOK_NANOS);
        heard = false;
        lookedNanos = nanoTime;
        return silentNanos > SILENCE_NANOS;
    }

    /** Asks for a sign of life when it is time to. */
    void ping(long nanoTime) {
        if (nanoTime - pingedNanos > PING_NANOS) {
            pingedNanos = nanoTime;
            tell(Frame.of(FrameType.PING));
        }
    }

    void close() {
        channel.close();
    }
}
