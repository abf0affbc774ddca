package io.algomat.workers;

import static org.assertj.core.api.Assertions.assertThat;

import io.algomat.platform.ErrorCode;
import io.algomat.platform.Payload;
import io.algomat.platform.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import javax.tools.ToolProvider;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Algorithms in Java ({@code java-algorithms/Algorithms.java}), in real sandboxed workers. */
@Timeout(120)
class JavaWorkerTest {
    @TempDir
    static Path folder;

    private static Workers workers;
    private static Path built;

    @BeforeAll
    static void start() throws IOException {
        built = folder.resolve("built");
        Path classes = Files.createDirectories(built.resolve("classes"));
        int status = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-cp",
                        "target/runner/lib/algomat-provided.jar:target/runner/algomat-runner.jar",
                        "-d",
                        classes.toString(),
                        "src/test/resources/java-algorithms/Algorithms.java");
        assertThat(status).isZero();
        workers = WorkersForTests.in(folder.resolve("data"), Map.of());
    }

    @AfterAll
    static void stop() {
        workers.stop();
    }

    private static CodeBundle java(String entry) throws IOException {
        return new CodeBundle(workers, folder, Runtime.JAVA, entry).on(built);
    }

    private static void gives(Payload given, Payload expected) {
        assertThat(given).usingRecursiveComparison().isEqualTo(expected);
    }

    @Test
    void theKindOfTheInputChoosesTheApply() throws IOException {
        CodeBundle overloads = java("Overloads");

        gives(overloads.answer(Payload.text("Grüße")), Payload.text("text Grüße"));
        gives(overloads.answer(Payload.json("\"Grüße\"")), Payload.text("text Grüße"));
        gives(overloads.answer(Payload.binary(new byte[] {5, 6, 7})), Payload.binary(new byte[] {3}));
        gives(overloads.answer(Payload.json("{\"a\":1,\"b\":2}")), Payload.json("{\"keys\":2}"));
        gives(overloads.answer(Payload.json("[19,23]")), Payload.text("sum 42"));
        WorkerOutcome.Failed refused = overloads.failed(Payload.json("17"));
        assertThat(refused.errorType()).isEqualTo("InputError");
        assertThat(refused.message()).contains("java.util.Map");
    }

    @Test
    void theKitsFormIsLoadedOnceAndReadsAndWritesJson() throws IOException {
        CodeBundle kit = java("Kit");

        gives(
                kit.answer(Payload.json("{\"name\":\"Ada\",\"times\":2}")),
                Payload.json("{\"greeting\":\"Hello Ada Hello Ada 1\",\"nothing\":null}"));
        assertThat(kit.answer(Payload.json("{\"name\":\"Alan\"}")).utf8()).contains("Hello Alan 2");
        WorkerOutcome other = kit.run(kit.call(Payload.json("{\"name\":\"Grace\"}"), 2));
        assertThat(((WorkerOutcome.Succeeded) other).output().utf8())
                .as("another caller's worker")
                .contains("Hello Grace 1");
        assertThat(kit.failed(Payload.json("{\"times\":\"many\"}")).errorType()).isEqualTo("InputError");
        assertThat(kit.failed(Payload.binary(new byte[1])).message()).contains("does not take bytes");
    }

    @Test
    void jsonTextsComeAndGoAsTheyAre() throws IOException {
        CodeBundle texts = java("JsonTexts");

        gives(texts.answer(Payload.json("[1, 2]")), Payload.json("{\"was\":[1, 2]}"));
        gives(texts.answer(Payload.text("a \"b\"")), Payload.json("{\"was\":\"a \\\"b\\\"\"}"));
    }

    @Test
    void whatACallPrintsIsItsOwnLogAndNoMoreThanIsKept() throws IOException {
        CodeBundle talker = java("Talker");

        assertThat(log(talker.run(Payload.text("one")))).isEqualTo("out one\nerr one\nno end\n");
        assertThat(log(talker.run(Payload.text("two")))).isEqualTo("out two\nerr two\nno end\n");
        assertThat(log(talker.run(Payload.text("endless"))).length()).isBetween(1000, 80_000);
        assertThat(talker.text("after")).isEqualTo("after");
    }

    private static String log(WorkerOutcome outcome) {
        return ((WorkerOutcome.Succeeded) outcome).log();
    }

    @Test
    void whatTheCodeThrowsComesBackWithItsTraceAndTheWorkerGoesOn() throws IOException {
        CodeBundle failing = java("Failing");

        WorkerOutcome.Failed checked = failing.failed(Payload.text("checked"));
        assertThat(checked.errorType()).isEqualTo("AlgorithmError");
        assertThat(checked.message()).isEqualTo("not there");
        assertThat(checked.stacktrace()).contains("Failing.apply(Algorithms.java:");
        assertThat(failing.failed(Payload.text("error")).message()).contains("not so");
        WorkerOutcome.Failed typed = failing.failed(Payload.text("typed"));
        assertThat(typed.errorType()).isEqualTo("InputError");
        assertThat(typed.message()).isEqualTo("expected was something else");
        assertThat(failing.failed(Payload.text("nothing")).message()).contains("IllegalStateException");
        assertThat(failing.text("fine")).isEqualTo("call 5");
        assertThat(java("NotANumber").failed(Payload.text("x")).message()).contains("NaN");
    }

    @Test
    void anExitIsToldAsOneAndTheNextCallHasANewProcess() throws IOException {
        CodeBundle failing = java("Failing");

        assertThat(failing.failed(Payload.text("exit")).errorType()).isEqualTo("SystemExit");
        assertThat(failing.text("fine")).isEqualTo("call 1");
    }

    @Test
    void memoryThatIsShortIsToldAsThatAndTheNextCallHasANewProcess() throws IOException {
        CodeBundle failing = java("Failing").memory(128L << 20);

        assertThat(failing.failed(Payload.text("memory")).errorType()).isEqualTo("OutOfMemoryError");
        assertThat(failing.text("fine")).isEqualTo("call 1");
    }

    @Test
    void aCancelledCallIsInterruptedAndItsWorkerServesOn() throws Exception {
        CodeBundle failing = java("Failing");
        assertThat(failing.text("fine")).isEqualTo("call 1");
        WorkerCall sleeping = failing.call(Payload.text("sleep"), 1);
        Thread canceller = Thread.startVirtualThread(() -> {
            Awaitility.await().until(() -> workers.state(failing.spec().pool()).busy() == 1);
            sleeping.cancelled().complete(null);
        });

        assertThat(failing.run(sleeping)).isInstanceOf(WorkerOutcome.Cancelled.class);
        canceller.join();
        assertThat(failing.text("fine")).as("the same process").isEqualTo("call 3");
    }

    @Test
    void itCallsOthersWithEveryKindOfValueAndManyAtOnce() throws IOException {
        CountDownLatch together = new CountDownLatch(8);
        Set<String> called = ConcurrentHashMap.newKeySet();
        CodeBundle caller = java("Caller").calling((algorithm, input, timeout) -> {
            called.add(algorithm);
            if (input.kind() == Payload.Kind.JSON && input.utf8().length() == 1) {
                together.countDown();
                await(together);
            }
            if (input.utf8().equals("fail")) {
                return new WorkerOutcome.Failed("AlgorithmError", "it is broken", null, "", Timing.NONE);
            }
            if (input.utf8().equals("refused")) {
                throw Problem.of(ErrorCode.PAYMENT_REQUIRED, "no credit");
            }
            return new WorkerOutcome.Succeeded(input, "", Timing.NONE);
        });

        assertThat(caller.text("text")).isEqualTo("a text");
        gives(caller.answer(Payload.text("bytes")), Payload.binary(new byte[] {1, 2, 3}));
        gives(caller.answer(Payload.text("json")), Payload.json("7.0"));
        assertThat(caller.answer(Payload.text("many")).utf8())
                .isEqualTo("[\"0\",\"1\",\"2\",\"3\",\"4\",\"5\",\"6\",\"7\"]");
        assertThat(caller.text("failing")).isEqualTo("caught it is broken");
        WorkerOutcome.Failed refused = caller.failed(Payload.text("refused"));
        assertThat(refused.errorType()).isEqualTo("AlgorithmError");
        assertThat(refused.message()).contains("no credit");
        assertThat(called).containsExactly("demo/other/1.0.0");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "Missing; There is no class 'Missing' in the bundle",
                "NoApply; has no method apply",
                "TwoForJson; Which apply is meant?",
                "BadLoad; the model is missing"
            })
    void whatCannotBeLoadedSaysWhatWasExpected(String entry, String message) throws IOException {
        WorkerOutcome.Failed failed = java(entry).failed(Payload.text("x"));

        assertThat(failed.errorType()).isEqualTo("LoadingError");
        assertThat(failed.message()).contains(message);
    }

    @Test
    void aMebibyteOfTextGoesThrough() throws IOException {
        String text = "ä".repeat(400_000);
        assertThat(java("Overloads").answer(Payload.text(text)).bytes())
                .isEqualTo(("text " + text).getBytes(StandardCharsets.UTF_8));
    }
}
