package io.algomat.runner;

import io.algomat.runner.protocol.Failure;
import io.algomat.runner.protocol.Frame;
import io.algomat.runner.protocol.FrameChannel;
import io.algomat.runner.protocol.FrameType;
import io.algomat.runner.protocol.Hello;
import io.algomat.runner.protocol.Load;
import io.algomat.runner.protocol.Loaded;
import io.algomat.runner.protocol.ProtocolException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A worker process: two sockets to the gateway, one task, one call at a time. The main thread serves the control socket;
 * when that closes, the gateway is gone and so is the process, whatever its other thread does.
 */
public final class RunnerMain {
    private final FrameChannel control;
    private final FrameChannel data;
    private volatile @Nullable CallLoop calls;
    private final TaskLoader loader;
    private boolean loading;

    private RunnerMain(FrameChannel control, FrameChannel data, TaskLoader loader) {
        this.control = control;
        this.data = data;
        this.loader = loader;
    }

    /** @param arguments the path of the gateway's socket */
    public static void main(String[] arguments) {
        WhileWaiting warmUp = new WhileWaiting(WarmUp::all);
        run(arguments, new TaskLoader() {
            @Override
            public void waits() {
                warmUp.begin();
            }

            @Override
            public Prepared load(Load load, FrameChannel data) throws Exception {
                warmUp.told();
                Task task = Tasks.load(load);
                return new Prepared(task, Incoming.straight(data, CallLoop.largestBatch(task)), CallObserver.NONE);
            }
        });
    }

    /** Serves the gateway at the socket that the arguments name, and ends the process when it is gone. */
    public static void run(String[] arguments, TaskLoader loader) {
        int status = 0;
        try {
            UnixDomainSocketAddress gateway = UnixDomainSocketAddress.of(arguments[0]);
            FrameChannel control = connect(gateway, Hello.Role.CONTROL);
            FrameChannel data = connect(gateway, Hello.Role.DATA);
            control.write(Frame.of(FrameType.READY));
            new RunnerMain(control, data, loader).serve();
        } catch (IOException e) {
            // The gateway closed the socket, or never listened: nobody is left to be told.
            status = 1;
        }
        Runtime.getRuntime().halt(status);
    }

    private static FrameChannel connect(UnixDomainSocketAddress gateway, Hello.Role role) throws IOException {
        SocketChannel socket = SocketChannel.open(StandardProtocolFamily.UNIX);
        socket.connect(gateway);
        FrameChannel channel = new FrameChannel(socket);
        channel.write(new Hello(Hello.PROTOCOL, role, ProcessHandle.current().pid()).frame());
        return channel;
    }

    private void serve() throws IOException {
        loader.waits();
        while (true) {
            Frame frame = control.read();
            switch (frame.type()) {
                case LOAD -> load(Load.of(frame));
                case PING -> control.write(Frame.of(FrameType.PING, frame.callId()));
                case CANCEL -> cancel(frame);
                case DRAIN -> {
                    return;
                }
                default -> throw new ProtocolException(frame.type() + " has no place on the control socket");
            }
        }
    }

    private void cancel(Frame frame) {
        CallLoop loop = calls;
        if (loop != null) {
            loop.cancel(frame.callId());
        }
    }

    /** Loads on the thread that will run the calls, so that PING is answered meanwhile. */
    private void load(Load load) throws ProtocolException {
        if (loading) {
            throw new ProtocolException("a second LOAD");
        }
        loading = true;
        Thread.ofPlatform().name("calls").start(() -> {
            try {
                long begin = System.nanoTime();
                TaskLoader.Prepared prepared = loader.load(load, data);
                CallLoop loop = new CallLoop(prepared.incoming(), data, prepared.task(), prepared.observer());
                calls = loop;
                int batch = CallLoop.largestBatch(prepared.task());
                control.write(new Loaded(System.nanoTime() - begin, residentBytes(), batch).frame());
                loop.run();
                Runtime.getRuntime().halt(0);
            } catch (Throwable e) {
                refuse(e);
                Runtime.getRuntime().halt(1);
            }
        });
    }

    private void refuse(Throwable e) {
        if (calls != null) {
            return;
        }
        String message = e instanceof LoadException ? String.valueOf(e.getMessage()) : e.toString();
        String trace = e instanceof LoadException ? "" : CallLoop.stacktrace(e);
        try {
            control.write(new Failure(0, "LoadingError", message, trace).frame(Frame.NO_CALL));
        } catch (IOException gone) {
            // Nobody is left to be told.
        }
    }

    private static long residentBytes() {
        try {
            String[] pages = Files.readString(Path.of("/proc/self/statm")).split(" ");
            return Long.parseLong(pages[1]) * 4096;
        } catch (IOException | RuntimeException e) {
            return 0;
        }
    }
}
