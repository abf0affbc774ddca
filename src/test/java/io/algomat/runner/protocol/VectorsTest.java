package io.algomat.runner.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Both ends of the wire against the vectors that the documentation promises, and against garbage. */
@Timeout(60)
class VectorsTest {
    private static final UUID CALL = UUID.fromString("0197a4c3-e000-7000-8000-00000000002a");
    private static final Map<String, byte[]> VECTORS = Vectors.read();

    @TempDir
    Path folder;

    private ServerSocketChannel server;
    private SocketChannel raw;
    private FrameChannel reader;

    @BeforeEach
    void connect() throws IOException {
        UnixDomainSocketAddress address = UnixDomainSocketAddress.of(folder.resolve("s"));
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(address);
        raw = SocketChannel.open(address);
        reader = new FrameChannel(server.accept());
    }

    @AfterEach
    void close() throws IOException {
        raw.close();
        reader.close();
        server.close();
    }

    private Frame received(byte[] bytes) throws IOException {
        raw.write(ByteBuffer.wrap(bytes));
        return reader.read();
    }

    private void assertWire(String name, Frame frame) throws IOException {
        assertThat(FrameCodec.encode(frame)).as("%s as it is written", name).isEqualTo(VECTORS.get(name));
        assertThat(FrameCodec.encode(received(VECTORS.get(name))))
                .as("%s as it is read", name)
                .isEqualTo(VECTORS.get(name));
    }

    @Test
    void framesWithoutAPayloadAreTheirVectors() throws IOException {
        assertWire("hello-control", new Hello(2, Hello.Role.CONTROL, 42).frame());
        assertWire("hello-data", new Hello(2, Hello.Role.DATA, 42).frame());
        assertWire("ready", Frame.of(FrameType.READY));
        assertWire("load", new Load("identity", "/algo", "cpu", Map.of("a", "ü")).frame());
        assertWire("loaded", new Loaded(1000, 64 << 20, 8).frame());
        assertWire("error", new Failure(1, "InputError", "no", "").frame(CALL));
        assertWire("cancel", Frame.of(FrameType.CANCEL, CALL));
        assertWire(
                "log-of-call", new Frame(FrameType.LOG, false, Kind.VOID, CALL, "ok".getBytes(StandardCharsets.UTF_8)));
        assertWire("metric", new Metric("pages", 2.5).frame(CALL));
        assertWire("log", Frame.of(FrameType.LOG, "ok".getBytes(StandardCharsets.UTF_8)));
        assertWire("ping", Frame.of(FrameType.PING));
        assertWire("drain", Frame.of(FrameType.DRAIN));
    }

    @Test
    void bodiesAreReadBackAsTheyWereMeant() throws IOException {
        assertThat(Hello.of(received(VECTORS.get("hello-data")))).isEqualTo(new Hello(2, Hello.Role.DATA, 42));
        assertThat(Load.of(received(VECTORS.get("load"))))
                .isEqualTo(new Load("identity", "/algo", "cpu", Map.of("a", "ü")));
        assertThat(Loaded.of(received(VECTORS.get("loaded")))).isEqualTo(new Loaded(1000, 64 << 20, 8));
        assertThat(Metric.of(received(VECTORS.get("metric")))).isEqualTo(new Metric("pages", 2.5));
        assertThat(Failure.of(received(VECTORS.get("error")))).isEqualTo(new Failure(1, "InputError", "no", ""));
    }

    @Test
    void callsAndResultsAreTheirVectors() throws IOException {
        FrameChannel writer = new FrameChannel(raw);
        new CallMessage(CALL, 30_000, 1 << 20, text("hi")).send(writer);
        Frame call = reader.read();
        assertThat(FrameCodec.encode(call)).isEqualTo(VECTORS.get("call-text"));
        CallMessage read = CallMessage.receive(reader, call);
        assertThat(read.remainingMillis()).isEqualTo(30_000);
        assertThat(read.maxOutputBytes()).isEqualTo(1 << 20);
        assertThat(read.input().utf8()).isEqualTo("hi");

        new CallMessage(CALL, 30_000, 1 << 20, new Value(Kind.VOID, new byte[0])).send(writer);
        assertThat(FrameCodec.encode(reader.read())).isEqualTo(VECTORS.get("call-void"));

        new ResultMessage(CALL, 3_000, Value.json("true")).send(writer);
        Frame result = reader.read();
        assertThat(FrameCodec.encode(result)).isEqualTo(VECTORS.get("result-json"));
        assertThat(ResultMessage.receive(reader, result, 4).computeNanos()).isEqualTo(3_000);
    }

    @Test
    void aPayloadInChunksIsPutTogether() throws IOException {
        Frame first = received(VECTORS.get("chunked-call"));
        raw.write(ByteBuffer.wrap(VECTORS.get("chunked-rest")));

        CallMessage call = CallMessage.receive(reader, first);

        assertThat(call.input().kind()).isEqualTo(Kind.BINARY);
        assertThat(call.input().utf8()).isEqualTo("abc");

        Frame out = received(VECTORS.get("chunked-call-out"));
        raw.write(ByteBuffer.wrap(VECTORS.get("chunked-call-out-rest")));
        assertThat(OutCall.receive(reader, out).input().utf8()).isEqualTo("abc");
        Frame back = received(VECTORS.get("chunked-out-result"));
        raw.write(ByteBuffer.wrap(VECTORS.get("chunked-out-result-rest")));
        assertThat(OutResult.receive(reader, back).output().utf8()).isEqualTo("abc");
    }

    @Test
    void nestedCallsAndTheirAnswersAreTheirVectors() throws IOException {
        FrameChannel writer = new FrameChannel(raw);
        new OutCall(CALL, 1, 1000, "nlp/echo", Value.json("true")).send(writer);
        Frame call = reader.read();
        assertThat(FrameCodec.encode(call)).isEqualTo(VECTORS.get("call-out"));
        OutCall read = OutCall.receive(reader, call);
        assertThat(read.number()).isEqualTo(1);
        assertThat(read.timeoutMillis()).isEqualTo(1000);
        assertThat(read.algorithm()).isEqualTo("nlp/echo");
        assertThat(read.input().utf8()).isEqualTo("true");

        new OutResult(CALL, 1, Value.json("true")).send(writer);
        Frame result = reader.read();
        assertThat(FrameCodec.encode(result)).isEqualTo(VECTORS.get("out-result"));
        assertThat(OutResult.receive(reader, result).output().utf8()).isEqualTo("true");

        assertWire("out-error", new OutError(1, "not-found", "no").frame(CALL));
        assertThat(OutError.of(received(VECTORS.get("out-error")))).isEqualTo(new OutError(1, "not-found", "no"));
    }

    @Test
    void aBatchIsItsVectorAndTheCallsBehindIt() throws IOException {
        CallMessage call = new CallMessage(CALL, 30_000, 1 << 20, text("hi"));
        new Batch(List.of(call, call)).send(new FrameChannel(raw));

        Frame first = reader.read();
        assertThat(FrameCodec.encode(first)).isEqualTo(VECTORS.get("batch"));
        assertThat(Batch.receive(reader, first, 2).calls())
                .hasSize(2)
                .allSatisfy(read -> assertThat(read.input().utf8()).isEqualTo("hi"));
        assertThatThrownBy(() -> Batch.receive(reader, received(VECTORS.get("batch")), 1))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("this worker takes 1");
    }

    @Test
    void everyBodyToBeRefusedIsRefused() throws IOException {
        for (String name : VECTORS.keySet()) {
            if (name.startsWith("refused-")) {
                close();
                Files.deleteIfExists(folder.resolve("s"));
                connect();
                Frame frame = received(VECTORS.get(name));
                assertThatThrownBy(() -> body(reader, frame)).as(name).isInstanceOf(ProtocolException.class);
            }
        }
    }

    @Test
    void everyBadVectorIsRefusedAndTheSocketClosed() throws IOException {
        for (String name : VECTORS.keySet()) {
            if (name.startsWith("bad-")) {
                close();
                Files.deleteIfExists(folder.resolve("s"));
                connect();
                assertThatThrownBy(() -> received(VECTORS.get(name))).as(name).isInstanceOf(ProtocolException.class);
            }
        }
    }

    @Test
    void aPayloadLargerThanAllowedIsRefusedBeforeItIsRead() throws IOException {
        Frame result = received(VECTORS.get("result-json"));

        assertThatThrownBy(() -> ResultMessage.receive(reader, result, 3))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("4 bytes; allowed are 3");
        assertThatThrownBy(() -> reader.read()).isInstanceOf(IOException.class);
    }

    @Test
    void aChunkOfAnotherCallIsRefused() throws IOException {
        Frame first = received(VECTORS.get("chunked-call"));
        byte[] foreign = VECTORS.get("chunked-rest").clone();
        foreign[8] ^= 1;
        raw.write(ByteBuffer.wrap(foreign));

        assertThatThrownBy(() -> CallMessage.receive(reader, first)).isInstanceOf(ProtocolException.class);
    }

    /** Random damage to good frames ends in a frame or an IOException: no other failure, no endless reading. */
    @Test
    void damagedFramesNeverDoMoreThanEndTheConnection() throws IOException {
        Random random = new Random(7);
        byte[][] good = VECTORS.entrySet().stream()
                .filter(entry -> !entry.getKey().startsWith("bad-"))
                .map(Map.Entry::getValue)
                .toArray(byte[][]::new);
        for (int round = 0; round < 2_000; round++) {
            byte[] bytes = good[random.nextInt(good.length)].clone();
            for (int hits = 1 + random.nextInt(4); hits > 0; hits--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            UnixDomainSocketAddress address = UnixDomainSocketAddress.of(folder.resolve("s"));
            try (SocketChannel writer = SocketChannel.open(address);
                    FrameChannel damaged = new FrameChannel(server.accept())) {
                writer.write(ByteBuffer.wrap(bytes));
                writer.shutdownOutput();
                readAll(damaged);
            }
        }
    }

    private static void readAll(FrameChannel channel) throws IOException {
        try {
            while (true) {
                body(channel, channel.read());
            }
        } catch (ProtocolException | EOFException e) {
            // What damage may do.
        } catch (java.nio.channels.ClosedChannelException e) {
            // The channel closed itself on the damage.
        }
    }

    private static void body(FrameChannel channel, Frame frame) throws IOException {
        switch (frame.type()) {
            case HELLO -> Hello.of(frame);
            case LOAD -> Load.of(frame);
            case LOADED -> Loaded.of(frame);
            case CALL -> CallMessage.receive(channel, frame);
            case RESULT -> ResultMessage.receive(channel, frame, 1 << 20);
            case ERROR -> Failure.of(frame);
            case CALL_OUT -> OutCall.receive(channel, frame);
            case OUT_RESULT -> OutResult.receive(channel, frame);
            case OUT_ERROR -> OutError.of(frame);
            case METRIC -> Metric.of(frame);
            case BATCH -> Batch.receive(channel, frame, Batch.MOST);
            default -> {}
        }
    }

    private static Value text(String text) {
        return new Value(Kind.TEXT, text.getBytes(StandardCharsets.UTF_8));
    }
}
