package io.algomat.bench;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * One connection that sends the same POST again and again. As little code as can be between the clock and the socket:
 * an HTTP client library would cost more than what is measured.
 */
final class Wire implements Load.Line {
    private static final int LONGEST_LINE = 8192;

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final Target target;
    private final byte[] call;
    private final byte[] line = new byte[LONGEST_LINE];

    Wire(Target target) throws IOException {
        this.socket = new Socket(InetAddress.getLoopbackAddress(), target.port());
        socket.setTcpNoDelay(true);
        this.in = new BufferedInputStream(socket.getInputStream());
        this.out = socket.getOutputStream();
        this.target = target;
        this.call = target.bytes();
    }

    /** Where to, with what: {@code headers} are whole lines. */
    record Target(int port, String path, String headers, byte[] body) {
        Target with(byte[] other) {
            return new Target(port, path, headers, other);
        }

        byte[] bytes() {
            byte[] head = ("POST " + path + " HTTP/1.1\r\nHost: localhost:" + port + "\r\n" + headers
                            + "Content-Type: application/json\r\nContent-Length: " + body.length + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII);
            byte[] whole = new byte[head.length + body.length];
            System.arraycopy(head, 0, whole, 0, head.length);
            System.arraycopy(body, 0, whole, head.length, body.length);
            return whole;
        }
    }

    /** @param headers by their names in small letters */
    record Answer(int status, Map<String, String> headers, byte[] body) {
        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    /** Sends the call and reads the whole answer, which must be a success. */
    @Override
    public void exchange() throws IOException {
        out.write(call);
        String status = readLine();
        int length = 0;
        for (String header = readLine(); !header.isEmpty(); header = readLine()) {
            if (header.regionMatches(true, 0, "content-length:", 0, 15)) {
                length = Integer.parseInt(header.substring(15).strip());
            }
        }
        byte[] body = in.readNBytes(length);
        if (!status.startsWith("HTTP/1.1 200")) {
            throw new IOException(status + ": " + new String(body, StandardCharsets.UTF_8));
        }
    }

    /** Sends the same call with another body, and reads the whole answer, whatever it is. */
    Answer answer(byte[] body) throws IOException {
        out.write(target.with(body).bytes());
        int status = Integer.parseInt(readLine().split(" ")[1]);
        Map<String, String> headers = new HashMap<>();
        for (String header = readLine(); !header.isEmpty(); header = readLine()) {
            int colon = header.indexOf(':');
            headers.put(
                    header.substring(0, colon).toLowerCase(Locale.ROOT),
                    header.substring(colon + 1).strip());
        }
        return new Answer(
                status, headers, in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0"))));
    }

    private String readLine() throws IOException {
        int length = 0;
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0 || length == LONGEST_LINE) {
                throw new IOException("The answer broke off, or has a line without end");
            }
            line[length++] = (byte) next;
        }
        return new String(line, 0, Math.max(0, length - 1), StandardCharsets.US_ASCII);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
