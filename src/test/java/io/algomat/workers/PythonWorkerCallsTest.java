package io.algomat.workers;

import static org.assertj.core.api.Assertions.assertThat;

import io.algomat.platform.ErrorCode;
import io.algomat.platform.Payload;
import io.algomat.platform.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Python algorithms do beyond one answer to one call: nested calls, batches, cancelling, other interpreters. */
class PythonWorkerCallsTest {
    @TempDir
    static Path folder;

    private static Workers workers;

    @BeforeAll
    static void start() {
        workers = WorkersForTests.in(
                folder.resolve("data"),
                Map.of("algomat.workers.max-per-bound-pool", "1", "algomat.workers.batch-target", "10s"));
    }

    @AfterAll
    static void stop() {
        workers.stop();
    }

    private static CodeBundle python(String source) throws IOException {
        return new CodeBundle(workers, folder, Runtime.PYTHON, "src/Algo.py").with("src/Algo.py", source);
    }

    private static WorkerOutcome.Succeeded answered(Payload output) {
        return new WorkerOutcome.Succeeded(output, "", Timing.NONE);
    }

    @Test
    void otherAlgorithmsAreCalledThroughTheWorker() throws Exception {
        CyclicBarrier both = new CyclicBarrier(2);
        CodeBundle calling = python("""
                import Algorithmia, threading
                from Algorithmia.errors import AlgorithmException
                client = Algorithmia.client("no key is needed")
                def apply(input):
                    if input == "fail":
                        return client.algo("a/Missing").pipe(1).result
                    if input == "caught":
                        try:
                            client.algo("a/Missing").pipe(1)
                        except AlgorithmException as e:
                            return [e.error_type, str(e)]
                    got = [None, None]
                    def one(i):
                        got[i] = client.algo("algo://a/Twice/1.0").set_options(timeout=5).pipe([i, input])
                    threads = [threading.Thread(target=one, args=(i,)) for i in range(2)]
                    for thread in threads: thread.start()
                    for thread in threads: thread.join()
                    return [[g.result, g.metadata.content_type] for g in got]
                """).calling((algorithm, input, timeout) -> {
            if (algorithm.equals("a/Missing")) {
                throw Problem.of(ErrorCode.NOT_FOUND, "There is no a/Missing");
            }
            try {
                // Passes only when both are in flight at once.
                both.await(20, TimeUnit.SECONDS);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
            return answered(Payload.text(algorithm + " " + timeout + " " + input.utf8()));
        });

        assertThat(calling.text("x"))
                .isEqualTo(
                        "[[\"a/Twice/1.0 PT5S [0,\\\"x\\\"]\",\"text\"],[\"a/Twice/1.0 PT5S [1,\\\"x\\\"]\",\"text\"]]");
        assertThat(calling.text("caught")).isEqualTo("[\"not-found\",\"There is no a/Missing\"]");
        WorkerOutcome.Failed failed = calling.failed(Payload.text("fail"));
        assertThat(failed.message()).isEqualTo("There is no a/Missing");
    }

    @Test
    void aCancelledCallEndsAndItsWorkerServesTheNext() throws Exception {
        CodeBundle slow = python("""
                import os, time
                def apply(input):
                    try:
                        time.sleep(60 if input == "slow" else 0)
                    except Exception:
                        return "swallowed"
                    return str(os.getpid()) + str(id(apply))
                """);
        String before = slow.text("quick");
        WorkerCall call = slow.call(Payload.text("slow"), 1);
        CompletableFuture.delayedExecutor(100, TimeUnit.MILLISECONDS)
                .execute(() -> call.cancelled().complete(null));

        assertThat(slow.run(call)).isInstanceOf(WorkerOutcome.Cancelled.class);
        assertThat(slow.text("quick")).as("the same process").isEqualTo(before);
    }

    @Test
    void aWorkerOfOneCallerIsNotReusedForAnother() throws Exception {
        CodeBundle remembering = python("""
                seen = []
                def apply(input):
                    seen.append(input)
                    return seen
                """);

        assertThat(remembering.text("mine")).isEqualTo("[\"mine\"]");
        assertThat(((WorkerOutcome.Succeeded) remembering.run(remembering.call(Payload.text("theirs"), 2)))
                        .output()
                        .utf8())
                .isEqualTo("[\"theirs\"]");
    }

    @Test
    void everyInterpreterThatTheMachineHasCanBeChosen() throws Exception {
        int chosen = 0;
        for (String version : new String[] {"3.8", "3.11", "3.13"}) {
            if (has(version)) {
                CodeBundle which = python("import sys, json, math\ndef apply(i): return '%d.%d' % sys.version_info[:2]")
                        .option("python", version);
                assertThat(which.text("")).isEqualTo(version);
                chosen++;
            }
        }
        assertThat(chosen).isPositive();
    }

    private static boolean has(String version) throws IOException {
        try {
            return PythonHome.find(version).version().equals(version);
        } catch (MissingRuntime e) {
            return false;
        }
    }

    @Test
    void packagesComeFromTheDependenciesFolder() throws Exception {
        Path built = Files.createDirectories(folder.resolve("built"));
        Files.writeString(built.resolve("wise.py"), "answer = 42\n");
        CodeBundle using =
                python("import wise\ndef apply(i): return wise.answer").on(built);

        assertThat(using.text("")).isEqualTo("42");
    }

    @Test
    void theOfficialKitSpeaksOverItsFifo() throws Exception {
        BuildsForTests.assumeReachable(PipSettings.of(PythonHome.find(null).program(), folder, java.util.List.of())
                .hosts());
        try (BuildsForTests build = new BuildsForTests(folder.resolve("kit"), Map.of())) {
            build.with("requirements.txt", "algorithmia-adk==1.2.4\n");
            build.run(Runtime.PYTHON, Map.of());
            CodeBundle official = python("""
                    from adk import ADK
                    import Algorithmia
                    def load():
                        print("loading")
                        return "Hello "
                    def apply(input, greeting):
                        print("got it")
                        if input == "fail":
                            raise ValueError("no " + input)
                        if input == "nested":
                            return Algorithmia.client().algo("a/B").pipe("x").result
                        return input if isinstance(input, bytes) else greeting + str(input)
                    ADK(apply, load).init("local")
                    """)
                    .on(build.result)
                    .calling((algorithm, input, timeout) -> answered(Payload.text("nested " + input.utf8())));

            WorkerOutcome.Succeeded first = (WorkerOutcome.Succeeded) official.run(Payload.text("Ada"));
            assertThat(first.output().utf8()).isEqualTo("Hello Ada");
            assertThat(first.log()).isEqualTo("got it\n");
            assertThat(official.answer(Payload.binary(new byte[] {0, -1})).bytes())
                    .containsExactly(0, -1);
            WorkerOutcome.Failed failed = official.failed(Payload.text("fail"));
            assertThat(failed.errorType()).isEqualTo("AlgorithmError");
            assertThat(failed.message()).isEqualTo("no fail");
            assertThat(failed.stacktrace()).contains("/algo/src/Algo.py");
            assertThat(official.text("nested")).isEqualTo("nested x");
        }
    }

    @Test
    void callsThatWaitTogetherShareABatchAndABadOneFailsAlone() throws Exception {
        CodeBundle batches = python("""
                import time
                def apply_batch(inputs):
                    time.sleep(0.05)
                    return [ValueError("bad") if i == "bad" else [i, len(inputs)] for i in inputs]
                """).option("largest_batch", "4");
        batches.text("first");
        batches.text("second");

        java.util.List<Payload> inputs = new java.util.ArrayList<>();
        for (int i = 0; i < 24; i++) {
            inputs.add(Payload.text(i % 5 == 4 ? "bad" : "i" + i));
        }
        java.util.List<WorkerOutcome> outcomes = batches.together(inputs, 1);

        int largest = 1;
        for (int i = 0; i < 24; i++) {
            if (i % 5 == 4) {
                assertThat(((WorkerOutcome.Failed) outcomes.get(i)).message()).isEqualTo("bad");
            } else {
                String output =
                        ((WorkerOutcome.Succeeded) outcomes.get(i)).output().utf8();
                assertThat(output).startsWith("[\"i" + i + "\",");
                largest = Math.max(largest, output.charAt(output.length() - 2) - '0');
            }
        }
        assertThat(largest).as("calls in one batch").isBetween(2, 4);
    }

    @Test
    void aBatchOfOneIsJudgedLikeALargerOne() throws Exception {
        CodeBundle batches = python("""
                def load():
                    return "Hello "
                def apply_batch(inputs, greeting):
                    if "short" in inputs:
                        return []
                    return [ValueError("no " + i) if i == "bad" else greeting + i for i in inputs]
                """);

        assertThat(batches.text("Ada")).isEqualTo("Hello Ada");
        WorkerOutcome.Failed bad = batches.failed(Payload.text("bad"));
        assertThat(bad.errorType()).isEqualTo("AlgorithmError");
        assertThat(bad.message()).isEqualTo("no bad");
        assertThat(batches.failed(Payload.text("short")).message())
                .isEqualTo("apply_batch got 1 inputs; expected is a list of so many outputs");
    }

    @Test
    void whereABatchAsAWholeFailsEachIsRunAlone() throws Exception {
        CodeBundle batches = python("""
                import time
                def apply(input):
                    time.sleep(0.05)
                    return "alone " + input
                def apply_batch(inputs):
                    raise RuntimeError("never together")
                """);
        batches.text("first");
        batches.text("second");

        assertThat(batches.together(java.util.Collections.nCopies(8, Payload.text("x")), 1))
                .allSatisfy(outcome -> assertThat(
                                ((WorkerOutcome.Succeeded) outcome).output().utf8())
                        .isEqualTo("alone x"));
    }
}
