package io.algomat.workers;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.Channel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The only way out of a build: tunnels to the hosts of the package index, and a refusal for every other. It reads no more
 * than the line that names the host; what follows is between the client and the index.
 */
final class IndexProxy implements AutoCloseable {
    private static final Pattern CONNECT = Pattern.compile("CONNECT ([A-Za-z0-9.-]{1,253}):([0-9]{1,5}) HTTP/1\\.[01]");
    private static final int LARGEST_HEAD = 16 << 10;
    private static final int CONNECT_MILLIS = 15_000;

    private final ServerSocketChannel server;
    private final Set<String> hosts;
    private final long mostBytes;
    private final Consumer<String> refused;
    private final Set<Channel> open = ConcurrentHashMap.newKeySet();
    private final Set<String> told = ConcurrentHashMap.newKeySet();
    private final AtomicLong bytes = new AtomicLong();
    private volatile boolean closed;

    /**
     * @param hosts {@code host:port}, in small letters
     * @param mostBytes what may come in through all tunnels together
     * @param refused told of each other host that was asked for, once
     */
    IndexProxy(Path socket, Set<String> hosts, long mostBytes, Consumer<String> refused) throws IOException {
        this.hosts = Set.copyOf(hosts);
        this.mostBytes = mostBytes;
        this.refused = refused;
        this.server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket), 64);
        Thread.ofPlatform().daemon().name("index proxy").start(this::serve);
    }

    private void serve() {
        try {
            while (!closed) {
                SocketChannel client = server.accept();
                open.add(client);
                Thread.ofPlatform().daemon().name("index client").start(() -> answer(client));
            }
        } catch (IOException e) {
            // Closed, at the end of the build.
        }
    }

    private void answer(SocketChannel client) {
        try (client) {
            Matcher asked = CONNECT.matcher(head(client));
            if (!asked.matches()) {
                say(client, "405 Method Not Allowed", "Only CONNECT is served; the index must be an https address");
                return;
            }
            String host = (asked.group(1) + ":" + asked.group(2)).toLowerCase(Locale.ROOT);
            if (!hosts.contains(host)) {
                if (told.add(host)) {
                    refused.accept(host);
                }
                say(client, "403 Forbidden", "A build reaches the package index only");
                return;
            }
            tunnel(client, asked.group(1), Integer.parseInt(asked.group(2)));
        } catch (IOException e) {
            // The client or the index went away; the client says so in its own words.
        } finally {
            open.remove(client);
        }
    }

    /** The first line; the headers after it are read to their end, and not one byte more. */
    private static String head(SocketChannel client) throws IOException {
        StringBuilder head = new StringBuilder();
        ByteBuffer one = ByteBuffer.allocate(1);
        while (head.length() < LARGEST_HEAD) {
            one.clear();
            if (client.read(one) < 0) {
                return "";
            }
            head.append((char) (one.get(0) & 0xff));
            if (head.length() > 3 && head.substring(head.length() - 4).equals("\r\n\r\n")) {
                return head.substring(0, head.indexOf("\r\n"));
            }
        }
        return "";
    }

    private void tunnel(SocketChannel client, String host, int port) throws IOException {
        try (SocketChannel index = SocketChannel.open()) {
            open.add(index);
            try {
                index.socket().connect(new InetSocketAddress(host, port), CONNECT_MILLIS);
            } catch (IOException e) {
                say(client, "502 Bad Gateway", "The package index cannot be reached");
                return;
            }
            write(client, ByteBuffer.wrap("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));
            Thread up = Thread.ofPlatform().daemon().name("index upload").start(() -> pump(client, index, false));
            pump(index, client, true);
            client.close();
            up.interrupt();
        } finally {
            open.removeIf(channel -> !channel.isOpen());
        }
    }

    private void pump(ByteChannel from, ByteChannel to, boolean counted) {
        ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
        try {
            for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
                if (counted && bytes.addAndGet(read) > mostBytes) {
                    return;
                }
                write(to, buffer.flip());
                buffer.clear();
            }
        } catch (IOException e) {
            // One end is gone; the other is closed with it.
        }
    }

    private static void write(ByteChannel to, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            to.write(bytes);
        }
    }

    private static void say(SocketChannel client, String status, String why) throws IOException {
        String answer = "HTTP/1.1 " + status + "\r\nContent-Type: text/plain\r\nContent-Length: " + why.length()
                + "\r\nConnection: close\r\n\r\n" + why;
        write(client, ByteBuffer.wrap(answer.getBytes(StandardCharsets.US_ASCII)));
    }

    @Override
    public void close() {
        closed = true;
        quietly(server);
        open.forEach(IndexProxy::quietly);
    }

    private static void quietly(Channel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            // Closed is what it should be.
        }
    }
}
