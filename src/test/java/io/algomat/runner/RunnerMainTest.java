package io.algomat.runner;

import static org.assertj.core.api.Assertions.assertThat;

import io.algomat.runner.protocol.Vectors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real runner process, spoken to in plain bytes: those of the vectors, without our codec between. */
@Timeout(60)
class RunnerMainTest {
    private static final Map<String, byte[]> VECTORS = Vectors.read();
    private static final String NO_CALL = "00".repeat(16);
    private static final String CALL = "0197a4c3e0007000800000000000002a";

    @TempDir
    Path folder;

    private ServerSocketChannel server;
    private Process process;
    private SocketChannel control;
    private SocketChannel data;

    @BeforeEach
    void start() throws IOException {
        UnixDomainSocketAddress address = UnixDomainSocketAddress.of(folder.resolve("s"));
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(address);
        process = new ProcessBuilder(
                        System.getProperty("java.home") + "/bin/java",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        Path.of("target/runner").toAbsolutePath() + "/algomat-runner.jar:"
                                + Path.of("target/runner/lib").toAbsolutePath() + "/*",
                        RunnerMain.class.getName(),
                        folder.resolve("s").toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        ServerSocketChannel listening = server;
        process.onExit().thenRun(() -> close(listening));
        control = server.accept();
        assertThat(frame(control)).isEqualTo(hello("hello-control"));
        data = server.accept();
        assertThat(frame(data)).isEqualTo(hello("hello-data"));
        assertThat(frame(control)).isEqualTo(hex(VECTORS.get("ready")));
    }

    @AfterEach
    void stop() throws IOException {
        process.destroyForcibly();
        control.close();
        data.close();
        close(server);
    }

    private static void close(ServerSocketChannel server) {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The vector with the process id of this process in place of 42. */
    private String hello(String name) {
        String vector = hex(VECTORS.get(name));
        return vector.substring(0, vector.length() - 16) + HexFormat.of().toHexDigits(process.pid());
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static void send(SocketChannel socket, byte[] bytes) throws IOException {
        ByteBuffer out = ByteBuffer.wrap(bytes);
        while (out.hasRemaining()) {
            socket.write(out);
        }
    }

    private static void send(SocketChannel socket, String vector) throws IOException {
        send(socket, VECTORS.get(vector));
    }

    /** The bytes of the next frame, by nothing but its length; empty at the end of the stream. */
    private static String frame(SocketChannel socket) throws IOException {
        ByteBuffer length = ByteBuffer.allocate(4);
        if (!fill(socket, length)) {
            return "";
        }
        ByteBuffer frame = ByteBuffer.allocate(4 + length.getInt(0)).putInt(length.getInt(0));
        assertThat(fill(socket, frame)).isTrue();
        return hex(frame.array());
    }

    private static boolean fill(SocketChannel socket, ByteBuffer target) throws IOException {
        while (target.hasRemaining()) {
            if (socket.read(target) < 0) {
                return false;
            }
        }
        return true;
    }

    private static String string(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return HexFormat.of().toHexDigits(utf8.length) + hex(utf8);
    }

    private static byte[] frame(String typeFlagsKind, String callId, String body) {
        String rest = typeFlagsKind + callId + body;
        return HexFormat.of().parseHex(HexFormat.of().toHexDigits(rest.length() / 2) + rest);
    }

    private static byte[] loadFrame(String... options) {
        StringBuilder body = new StringBuilder(string("identity") + string("/algo") + string("cpu"));
        body.append(HexFormat.of().toHexDigits(options.length / 2));
        for (String option : options) {
            body.append(string(option));
        }
        return frame("03000000", NO_CALL, body.toString());
    }

    private void load() throws IOException {
        send(control, loadFrame());
        String loaded = frame(control);
        // The length, type and call id are the vector's; the two numbers are this process's own.
        assertThat(loaded)
                .startsWith(hex(VECTORS.get("loaded")).substring(0, 48))
                .hasSize(88)
                .endsWith("00000001");
        assertThat(Long.parseLong(loaded.substring(64, 80), 16))
                .as("resident bytes")
                .isPositive();
    }

    /** The frame without the eight bytes in which a RESULT or ERROR tells its compute time. */
    private static String untimed(String frame) {
        return frame.substring(0, 48) + frame.substring(64);
    }

    private void assertEnds(int status) throws Exception {
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(status);
        assertThat(frame(data)).isEmpty();
    }

    @Test
    void callsOfTheVectorsAreAnsweredByteForByte() throws Exception {
        load();

        send(data, "call-text");
        assertThat(untimed(frame(data))).isEqualTo("0000002206000100" + CALL + "00000002" + "6869");
        send(data, "call-void");
        assertThat(untimed(frame(data))).isEqualTo("0000002006000000" + CALL + "00000000");
        send(data, "chunked-call");
        send(data, "chunked-rest");
        assertThat(untimed(frame(data))).isEqualTo("0000002306000300" + CALL + "00000003" + "616263");
        send(control, "ping");
        assertThat(frame(control)).isEqualTo(hex(VECTORS.get("ping")));
    }

    @Test
    void aLoadThatIsRefusedIsAnErrorWithoutACallAndTheEnd() throws Exception {
        send(control, "load");

        String error = frame(control);

        assertThat(error.substring(8)).startsWith("07000000" + NO_CALL + "0000000000000000" + string("LoadingError"));
        assertThat(new String(HexFormat.of().parseHex(error), StandardCharsets.UTF_8))
                .contains("unknown option 'a'");
        assertEnds(1);
    }

    @Test
    void drainEndsTheRunnerCleanly() throws Exception {
        load();

        send(control, "drain");

        assertEnds(0);
    }

    @Test
    void everyBadVectorEndsTheRunner() throws Exception {
        for (String name : VECTORS.keySet()) {
            if (name.startsWith("bad-")) {
                send(control, name);
                assertEnds(1);
                stop();
                Files.deleteIfExists(folder.resolve("s"));
                start();
            }
        }
    }

    @Test
    void aSecondLoadEndsTheRunner() throws Exception {
        load();

        send(control, loadFrame());

        assertEnds(1);
    }

    @Test
    void aCancelThatComesBeforeItsCallStillHoldsForIt() throws Exception {
        send(control, loadFrame("delay_ms", "600000"));
        assertThat(frame(control)).isNotEmpty();
        send(control, "cancel");
        send(control, "ping");
        assertThat(frame(control)).isEqualTo(hex(VECTORS.get("ping")));

        send(data, "call-text");

        assertThat(untimed(frame(data)).substring(8)).startsWith("07000000" + CALL + string("Cancelled"));
    }
}
