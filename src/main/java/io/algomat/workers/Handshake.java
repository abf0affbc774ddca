package io.algomat.workers;

import io.algomat.runner.protocol.Failure;
import io.algomat.runner.protocol.Frame;
import io.algomat.runner.protocol.FrameChannel;
import io.algomat.runner.protocol.FrameType;
import io.algomat.runner.protocol.Hello;
import io.algomat.runner.protocol.Load;
import io.algomat.runner.protocol.Loaded;
import io.algomat.runner.protocol.ProtocolException;
import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;

/** A worker's first frames, from HELLO to LOADED (docs/worker-protocol.md). Leaves no socket open when it fails. */
final class Handshake {
    private static final Logger LOG = Logger.getLogger(Handshake.class);

    private final ServerSocketChannel server;
    private final LogTail log;
    private final List<FrameChannel> opened = new ArrayList<>(2);

    Handshake(ServerSocketChannel server, LogTail log) {
        this.server = server;
        this.log = log;
    }

    /** From HELLO to READY. */
    void greet() throws IOException {
        boolean done = false;
        try {
            FrameChannel control = accept(Hello.Role.CONTROL);
            accept(Hello.Role.DATA);
            expect(next(control), FrameType.READY);
            done = true;
        } finally {
            if (!done) {
                close();
            }
        }
    }

    /**
     * From LOAD to LOADED.
     *
     * @throws StartFailed when the task refuses what it is to load
     */
    Loaded load(Load load) throws IOException, StartFailed {
        boolean done = false;
        try {
            control().write(load.frame());
            Loaded loaded = loaded(next(control()), log);
            done = true;
            return loaded;
        } finally {
            if (!done) {
                close();
            }
        }
    }

    FrameChannel control() {
        return opened.getFirst();
    }

    FrameChannel data() {
        return opened.getLast();
    }

    private void close() {
        opened.forEach(FrameChannel::close);
    }

    private static Loaded loaded(Frame answer, LogTail log) throws ProtocolException, StartFailed {
        if (answer.type() == FrameType.ERROR) {
            Failure failure = Failure.of(answer);
            throw StartFailed.loading(failure.message(), failure.stacktrace(), log.text());
        }
        expect(answer, FrameType.LOADED);
        Loaded loaded = Loaded.of(answer);
        LOG.debugf("Loaded in %d ms, %d MB", loaded.loadNanos() / 1_000_000, loaded.residentBytes() >> 20);
        return loaded;
    }

    private FrameChannel accept(Hello.Role role) throws IOException {
        FrameChannel channel = new FrameChannel(server.accept());
        opened.add(channel);
        Frame frame = channel.read();
        expect(frame, FrameType.HELLO);
        if (Hello.of(frame).role() != role) {
            throw new ProtocolException("expected was the " + role + " socket");
        }
        return channel;
    }

    /** The next frame but for what a worker may say at any time. */
    private Frame next(FrameChannel control) throws IOException {
        while (true) {
            Frame frame = control.read();
            switch (frame.type()) {
                case LOG -> log.line(frame.body());
                case METRIC -> {}
                default -> {
                    return frame;
                }
            }
        }
    }

    private static void expect(Frame frame, FrameType type) throws ProtocolException {
        if (frame.type() != type) {
            throw new ProtocolException("expected was " + type + ", there came " + frame.type());
        }
    }
}
