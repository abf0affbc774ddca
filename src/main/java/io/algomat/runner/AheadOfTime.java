package io.algomat.runner;

import io.algomat.runner.protocol.Frame;
import io.algomat.runner.protocol.FrameChannel;
import io.algomat.runner.protocol.FrameType;
import io.algomat.runner.protocol.Hello;
import io.algomat.runner.protocol.Load;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * A run that the JVM watches in order to keep loaded classes for later starts (its AOT cache): what a worker does before its
 * first call, with nothing of any bundle.
 */
public final class AheadOfTime {
    private AheadOfTime() {}

    /** @param arguments a folder that it may write to */
    public static void main(String[] arguments) throws Exception {
        greet(Path.of(arguments[0]).resolve("s"));
        WarmUp.all();
    }

    private static void greet(Path socket) throws Exception {
        UnixDomainSocketAddress address = UnixDomainSocketAddress.of(socket);
        try (ServerSocketChannel server =
                        ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(address);
                SocketChannel worker = SocketChannel.open(address);
                SocketChannel gateway = server.accept()) {
            new FrameChannel(worker).write(new Hello(Hello.PROTOCOL, Hello.Role.CONTROL, 1).frame());
            Hello.of(new FrameChannel(gateway).read());
            new FrameChannel(gateway).write(new Load("identity", "/", "cpu", Map.of()).frame());
            Load load = Load.of(new FrameChannel(worker).read());
            Tasks.load(load);
            new FrameChannel(worker).write(Frame.of(FrameType.READY));
        } finally {
            Files.deleteIfExists(socket);
        }
        Class.forName(RunnerMain.class.getName());
        Class.forName(CallLoop.class.getName());
    }
}
