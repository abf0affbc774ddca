package io.algomat.runner;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Runs one step of a build inside its sandbox. The sandbox has no network: what connects to the loopback port here comes
 * out at the gateway's socket, where a proxy lets the package index pass and nothing else.
 */
public final class BuildMain {
    private BuildMain() {}

    /** @param args the gateway's socket, or {@code -} for a step without network; the loopback port; the program */
    public static void main(String[] args) throws IOException, InterruptedException {
        List<String> program = Arrays.asList(args).subList(2, args.length);
        if (!args[0].equals("-")) {
            ServerSocketChannel server = ServerSocketChannel.open()
                    .bind(new InetSocketAddress(
                            InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), Integer.parseInt(args[1])));
            UnixDomainSocketAddress gateway = UnixDomainSocketAddress.of(Path.of(args[0]));
            daemon(() -> serve(server, gateway));
        }
        System.exit(new ProcessBuilder(program).inheritIO().start().waitFor());
    }

    private static void serve(ServerSocketChannel server, UnixDomainSocketAddress gateway) throws IOException {
        while (true) {
            SocketChannel inside = server.accept();
            SocketChannel outside;
            try {
                outside = SocketChannel.open(StandardProtocolFamily.UNIX);
                outside.connect(gateway);
            } catch (IOException e) {
                inside.close();
                continue;
            }
            daemon(() -> pump(inside, outside));
            daemon(() -> pump(outside, inside));
        }
    }

    private static void pump(ByteChannel from, ByteChannel to) throws IOException {
        try (from;
                to) {
            ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
            while (from.read(buffer) >= 0) {
                buffer.flip();
                while (buffer.hasRemaining()) {
                    to.write(buffer);
                }
                buffer.clear();
            }
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void daemon(Work work) {
        Thread.ofPlatform().daemon().start(() -> {
            try {
                work.run();
            } catch (IOException e) {
                // The other end is gone, as at the end of every connection.
            }
        });
    }
}
