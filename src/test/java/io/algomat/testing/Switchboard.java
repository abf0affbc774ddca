package io.algomat.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** One address before several gateways, which the test connects with the one that it wants: the worst that a proxy could do. */
public final class Switchboard implements AutoCloseable {
    private final ServerSocket door;
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private volatile int gateway;

    public Switchboard() throws IOException {
        this.door = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    /** The address that visitors use, without a trailing slash. */
    public String page() {
        return "http://127.0.0.1:" + door.getLocalPort();
    }

    /** Whatever comes from now on goes to that gateway, also from a browser that kept a connection. */
    public void to(PackagedGateway next) throws IOException {
        // Not of the address that it prints for visitors, which is this one.
        gateway = Integer.parseInt(next.line("  OK    Port"));
        for (Socket socket : open) {
            socket.close();
        }
        open.clear();
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket visitor = door.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), gateway);
                open.addAll(List.of(visitor, server));
                Thread.ofVirtual().start(() -> carry(visitor, server));
                Thread.ofVirtual().start(() -> carry(server, visitor));
            } catch (IOException _) {
                // The door was closed, or the gateway is away: the visitor sees a cut connection.
            }
        }
    }

    private static void carry(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException _) {
            // One side hung up; so does the other.
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
    }
}
