package io.algomat.workers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.algomat.platform.ErrorCode;
import io.algomat.platform.Payload;
import io.algomat.platform.Problem;
import io.algomat.runner.protocol.Batch;
import io.algomat.runner.protocol.CallMessage;
import io.algomat.runner.protocol.Failure;
import io.algomat.runner.protocol.Frame;
import io.algomat.runner.protocol.FrameChannel;
import io.algomat.runner.protocol.FrameType;
import io.algomat.runner.protocol.Kind;
import io.algomat.runner.protocol.Loaded;
import io.algomat.runner.protocol.OutCall;
import io.algomat.runner.protocol.OutError;
import io.algomat.runner.protocol.OutResult;
import io.algomat.runner.protocol.ResultMessage;
import io.algomat.runner.protocol.Value;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The gateway's end of a worker; the test speaks for the worker, and a shell writes what its code would. */
@Timeout(60)
class WorkerProcessTest {
    private static final int LOG_BYTES = 1000;

    @TempDir
    Path folder;

    private ServerSocketChannel server;
    private FrameChannel control;
    private FrameChannel data;
    private Process shell;
    private WorkerProcess worker;
    private final AtomicInteger free = new AtomicInteger();
    private final AtomicInteger spent = new AtomicInteger();
    private final CompletableFuture<Void> exited = new CompletableFuture<>();

    @BeforeEach
    void start() throws IOException {
        UnixDomainSocketAddress address = UnixDomainSocketAddress.of(folder.resolve("s"));
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(address);
        control = new FrameChannel(SocketChannel.open(address));
        FrameChannel controlHere = new FrameChannel(server.accept());
        data = new FrameChannel(SocketChannel.open(address));
        FrameChannel dataHere = new FrameChannel(server.accept());
        shell = new ProcessBuilder("sh").redirectErrorStream(true).start();
        LogTail log = new LogTail(shell.getInputStream(), shell::isAlive);
        Thread.ofVirtual().start(log::drain);
        worker = new WorkerProcess(
                "djl-1",
                shell,
                ControlGroups.none().create("djl-1"),
                controlHere,
                dataHere,
                new Loaded(0, 0, 4),
                new Told(),
                log,
                LOG_BYTES,
                TimeUnit.SECONDS.toNanos(1));
        worker.serve();
    }

    private final class Told implements WorkerStarter.Events {
        @Override
        public void ready(Worker ready) {}

        @Override
        public void failed(StartFailed failure) {}

        @Override
        public void free() {
            free.incrementAndGet();
        }

        @Override
        public void spent() {
            spent.incrementAndGet();
        }

        @Override
        public void exited() {
            exited.complete(null);
        }
    }

    @AfterEach
    void stop() throws IOException {
        shell.destroyForcibly();
        control.close();
        data.close();
        server.close();
    }

    private static WorkerCall call(CallOut out) {
        WorkerCall plain = WorkersForTests.call(Payload.text("x"));
        return new WorkerCall(
                plain.callId(), 1, plain.input(), plain.deadlineNanos(), 1 << 20, new CompletableFuture<>(), out);
    }

    private CompletableFuture<Worker.Reply> begin(WorkerCall call) throws IOException {
        CompletableFuture<Worker.Reply> reply = worker.begin(List.of(call)).getFirst();
        assertThat(CallMessage.receive(data, data.read()).callId()).isEqualTo(call.callId());
        return reply;
    }

    private void answer(UUID callId) throws IOException {
        new ResultMessage(callId, 1000, Value.json("true")).send(data);
    }

    /** Makes the shell run a line, and waits until it has. */
    private void run(String line) throws IOException {
        Path done = folder.resolve("done");
        shell.outputWriter().write("rm -f " + done + "; " + line + "; touch " + done + "\n");
        shell.outputWriter().flush();
        await().until(() -> done.toFile().exists());
        done.toFile().delete();
    }

    private static String log(CompletableFuture<Worker.Reply> reply) throws Exception {
        return switch (reply.get(10, TimeUnit.SECONDS)) {
            case Worker.Reply.Result(var message, var log, var metrics) -> log;
            case Worker.Reply.Failed(var failure, var log) -> log;
            case Worker.Reply.Lost lost -> "lost";
        };
    }

    private static WorkerOutcome succeeded(Payload output) {
        return new WorkerOutcome.Succeeded(output, "", Timing.NONE);
    }

    @Test
    void nestedCallsAreMadeAndAnsweredInAnyOrder() throws Exception {
        CountDownLatch second = new CountDownLatch(1);
        WorkerCall call = call((algorithm, input, timeout) -> {
            assertThat(timeout == null ? -1 : timeout.toMillis()).isEqualTo(algorithm.equals("a/slow") ? -1 : 250);
            if (algorithm.equals("a/slow")) {
                awaitDown(second);
            }
            return succeeded(Payload.text(algorithm + input.utf8()));
        });
        CompletableFuture<Worker.Reply> reply = begin(call);

        new OutCall(call.callId(), 1, 0, "a/slow", Value.json("1")).send(data);
        new OutCall(call.callId(), 2, 250, "a/fast", Value.json("2")).send(data);

        OutResult first = OutResult.receive(data, data.read());
        assertThat(first.number()).isEqualTo(2);
        assertThat(first.output().utf8()).isEqualTo("a/fast2");
        second.countDown();
        assertThat(OutResult.receive(data, data.read()).number()).isEqualTo(1);
        answer(call.callId());
        assertThat(reply.get(10, TimeUnit.SECONDS)).isInstanceOf(Worker.Reply.Result.class);
        assertThat(free).hasValue(1);
    }

    private static void awaitDown(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void whatTheNestedCallOrThePlatformRefusedIsToldByItsName() throws Exception {
        WorkerCall call = call((algorithm, input, timeout) -> {
            if (algorithm.equals("no/credit")) {
                throw Problem.of(ErrorCode.PAYMENT_REQUIRED, "There are 3 credits left");
            }
            return new WorkerOutcome.Failed("InputError", "not so", null, "", Timing.NONE);
        });
        begin(call);

        new OutCall(call.callId(), 1, 0, "no/credit", Value.json("1")).send(data);
        assertThat(OutError.of(data.read())).isEqualTo(new OutError(1, "payment-required", "There are 3 credits left"));
        new OutCall(call.callId(), 1, 0, "a/b", Value.json("1")).send(data);
        assertThat(OutError.of(data.read())).isEqualTo(new OutError(1, "InputError", "not so"));
    }

    @Test
    void moreNestedCallsThanAllowedAreRefusedAndAnAbandonedCallEndsItsOwn() throws Exception {
        AtomicInteger begun = new AtomicInteger();
        AtomicInteger interrupted = new AtomicInteger();
        WorkerCall call = call((algorithm, input, timeout) -> {
            begun.incrementAndGet();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.incrementAndGet();
            }
            return new WorkerOutcome.Cancelled(Timing.NONE);
        });
        CompletableFuture<Worker.Reply> reply = begin(call);
        for (int i = 1; i <= NestedCalls.MOST + 1; i++) {
            new OutCall(call.callId(), i, 0, "a/b", Value.json("1")).send(data);
        }

        OutError refused = OutError.of(data.read());
        assertThat(refused.number()).isEqualTo(NestedCalls.MOST + 1);
        assertThat(refused.errorType()).isEqualTo("rate-limited");
        await().until(() -> begun.get() == NestedCalls.MOST);
        worker.abandon(call.callId());

        await().until(() -> interrupted.get() == NestedCalls.MOST);
        Frame cancel = control.read();
        assertThat(cancel.type()).isEqualTo(FrameType.CANCEL);
        assertThat(cancel.callId()).isEqualTo(call.callId());
        // Not one of the 24 answers comes: the next frame is the next call.
        answer(call.callId());
        reply.get(10, TimeUnit.SECONDS);
        begin(call(CallOut.NONE));
    }

    @Test
    void aNestedCallForACallThatItDoesNotHaveEndsTheWorker() throws Exception {
        WorkerCall call = call(CallOut.NONE);
        CompletableFuture<Worker.Reply> reply = begin(call);

        new OutCall(UUID.randomUUID(), 1, 0, "a/b", Value.json("1")).send(data);

        assertThat(reply.get(10, TimeUnit.SECONDS)).isEqualTo(new Worker.Reply.Lost(true));
        exited.get(10, TimeUnit.SECONDS);
    }

    @Test
    void aBatchIsOneHandfulAndFreesTheWorkerWithItsLastAnswer() throws Exception {
        WorkerCall one = call(CallOut.NONE);
        WorkerCall other = call(CallOut.NONE);
        List<CompletableFuture<Worker.Reply>> replies = worker.begin(List.of(one, other));
        assertThat(Batch.receive(data, data.read(), 4).calls())
                .extracting(CallMessage::callId)
                .containsExactly(one.callId(), other.callId());

        data.write(new Failure(5, "InputError", "bad", "").frame(other.callId()));
        assertThat(replies.get(1).get(10, TimeUnit.SECONDS)).isInstanceOf(Worker.Reply.Failed.class);
        assertThat(free).hasValue(0);
        run("echo whose");
        answer(one.callId());

        assertThat(log(replies.getFirst())).as("another caller's, perhaps").isEmpty();
        assertThat(free).hasValue(1);
    }

    @Test
    void anAbandonedCallOfABatchDoesNotKillTheOthers() throws Exception {
        WorkerCall one = call(CallOut.NONE);
        WorkerCall other = call(CallOut.NONE);
        List<CompletableFuture<Worker.Reply>> replies = worker.begin(List.of(one, other));

        worker.abandon(one.callId());
        worker.sweep(System.nanoTime() + TimeUnit.SECONDS.toNanos(5));
        answer(other.callId());
        assertThat(replies.get(1).get(10, TimeUnit.SECONDS)).isInstanceOf(Worker.Reply.Result.class);
        assertThat(shell.isAlive()).isTrue();

        worker.sweep(System.nanoTime() + TimeUnit.SECONDS.toNanos(5));
        assertThat(replies.getFirst().get(10, TimeUnit.SECONDS)).isEqualTo(new Worker.Reply.Lost(true));
    }

    @Test
    void aWorkerThatAnswersWhileItIsKilledTakesNoOtherCall() throws Exception {
        WorkerCall call = call(CallOut.NONE);
        CompletableFuture<Worker.Reply> reply = begin(call);

        worker.sweep(call.deadlineNanos() + TimeUnit.SECONDS.toNanos(5));
        answer(call.callId());

        assertThat(reply.get(10, TimeUnit.SECONDS)).isInstanceOf(Worker.Reply.Result.class);
        assertThat(free).hasValue(0);
        assertThat(spent).hasValue(1);
    }

    @Test
    void aWorkerIsSilentWhenItSaysNothingWhileTheGatewayListens() throws Exception {
        long stoodStill = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
        worker.sweep(stoodStill);
        assertThat(shell.isAlive()).isTrue();

        for (int second = 1; second <= 21; second++) {
            worker.sweep(stoodStill + TimeUnit.SECONDS.toNanos(second));
        }

        assertThat(shell.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aWorkerOutOfMemoryIsSpent() throws Exception {
        WorkerCall call = call(CallOut.NONE);
        CompletableFuture<Worker.Reply> reply = begin(call);

        data.write(new Failure(5, "OutOfMemoryError", "full", "").frame(call.callId()));

        reply.get(10, TimeUnit.SECONDS);
        assertThat(free).hasValue(0);
        assertThat(spent).hasValue(1);
    }

    /** The reader may be behind: a worker that wrote too much says so, and ends at once. */
    @Test
    void whatAWorkerSaidBeforeItEndedIsHeardAfterItEnded() throws Exception {
        WorkerCall call = call(CallOut.NONE);
        CompletableFuture<Worker.Reply> reply = begin(call);
        shell.destroyForcibly().waitFor();
        assertThat(exited).isNotDone();

        data.write(new Failure(5, "OutputLimitError", "too much", "").frame(call.callId()));
        data.close();

        assertThat(reply.get(10, TimeUnit.SECONDS)).isInstanceOf(Worker.Reply.Failed.class);
        exited.get(10, TimeUnit.SECONDS);
    }

    @Test
    void aWorkerThatEndsWithoutAnAnswerHasLostItsCall() throws Exception {
        CompletableFuture<Worker.Reply> reply = begin(call(CallOut.NONE));

        shell.destroyForcibly();

        assertThat(reply.get(10, TimeUnit.SECONDS)).isEqualTo(new Worker.Reply.Lost(true));
        exited.get(10, TimeUnit.SECONDS);
    }

    @Test
    void whatIsWrittenWhileACallRunsIsItsLogAndNoOthers() throws Exception {
        run("echo before any call");
        WorkerCall first = call(CallOut.NONE);
        CompletableFuture<Worker.Reply> one = begin(first);
        run("echo one; echo error >&2");
        data.write(
                new Frame(FrameType.LOG, false, Kind.VOID, first.callId(), "framed".getBytes(StandardCharsets.UTF_8)));
        answer(first.callId());
        assertThat(log(one)).contains("one\nerror\n").contains("framed\n").doesNotContain("before");
        run("echo between");

        WorkerCall second = call(CallOut.NONE);
        CompletableFuture<Worker.Reply> two = begin(second);
        answer(second.callId());

        assertThat(log(two)).isEmpty();
    }

    @Test
    void aFloodIsCutAndSaysSo() throws Exception {
        WorkerCall call = call(CallOut.NONE);
        CompletableFuture<Worker.Reply> reply = begin(call);
        run("head -c 5000000 /dev/zero");
        answer(call.callId());

        String log = log(reply);

        assertThat(log).hasSizeBetween(LOG_BYTES, LOG_BYTES + 100).contains("[cut after 1000 of 5000000 bytes]");
        assertThat(log).doesNotContain("\0");
    }
}
