package io.algomat.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A network between a gateway and its PostgreSQL that loses what the test wants it to lose. */
public final class PostgresProxy implements AutoCloseable {
    /** How the server says that a transaction is committed: the message's letter, its length, the command. */
    private static final String COMMITTED = "C\0\0\0\13COMMIT\0";

    private static final String LISTEN = "LISTEN ";

    private final ServerSocket door;
    private final int serverPort;
    private final AtomicInteger commits = new AtomicInteger();
    private final AtomicInteger lost = new AtomicInteger();
    private final AtomicInteger swallowed = new AtomicInteger();
    private final List<Pair> pairs = new CopyOnWriteArrayList<>();
    private volatile int loseEvery;
    private volatile boolean mute;

    public PostgresProxy(int serverPort) throws IOException {
        this.serverPort = serverPort;
        this.door = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    public int port() {
        return door.getLocalPort();
    }

    /** Cuts every n-th connection whose transaction was committed before the gateway hears of it; 0: none. */
    public void loseCommits(int every) {
        loseEvery = every;
    }

    /** How many answers to a COMMIT were lost. */
    public int lost() {
        return lost.get();
    }

    /** Whether connections that listen for notifications are cut on their way: they stay open, and silent. */
    public void muteListeners(boolean on) {
        mute = on;
    }

    /** Cuts the connections that listen now, so that both sides see it. */
    public void cutListeners() throws IOException {
        for (Pair pair : pairs) {
            if (pair.listens) {
                pair.client.close();
                pair.server.close();
            }
        }
    }

    /** How often something came from or for a muted listener. */
    public int swallowed() {
        return swallowed.get();
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket client = door.accept();
                client.setTcpNoDelay(true);
                Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
                server.setTcpNoDelay(true);
                Pair pair = new Pair(client, server);
                pairs.add(pair);
                Thread.ofVirtual().start(() -> pair.carry(client, server, false));
                Thread.ofVirtual().start(() -> pair.carry(server, client, true));
            } catch (IOException e) {
                // The door was closed, or the server is away: then the client sees a cut connection, as it would.
            }
        }
    }

    private final class Pair {
        private final Socket client;
        private final Socket server;
        private volatile boolean listens;

        Pair(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }

        void carry(Socket from, Socket to, boolean answers) {
            byte[] chunk = new byte[1 << 16];
            try (client;
                    server) {
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream();
                for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
                    String text = new String(chunk, 0, n, StandardCharsets.ISO_8859_1);
                    listens |= !answers && text.contains(LISTEN);
                    if (answers && loses(text)) {
                        lost.incrementAndGet();
                        return;
                    }
                    if (mute && listens) {
                        swallowed.incrementAndGet();
                    } else {
                        out.write(chunk, 0, n);
                    }
                }
            } catch (IOException e) {
                // One side hung up; so does the other.
            }
        }
    }

    private boolean loses(String text) {
        return loseEvery > 0 && text.contains(COMMITTED) && commits.incrementAndGet() % loseEvery == 0;
    }

    @Override
    public void close() throws IOException {
        door.close();
    }
}
