package io.algomat.workers;

import static org.assertj.core.api.Assertions.assertThat;

import io.algomat.platform.ErrorCode;
import io.algomat.platform.Payload;
import io.algomat.platform.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** JavaScript in real sandboxed workers. */
@Timeout(60)
class NodeWorkerTest {
    @TempDir
    static Path folder;

    private static CodeWorker node;

    @BeforeAll
    static void write() throws IOException {
        node = new CodeWorker(folder, Runtime.NODE)
                .with("src/kinds.js", """
                        exports.apply = (input, cb) => {
                          console.log(typeof input, Buffer.isBuffer(input));
                          cb(null, Buffer.isBuffer(input) ? Buffer.concat([input, Buffer.from([0, 255])]) : input);
                          cb(null, 'a second answer');
                          cb(new Error('a third'));
                        };
                        """)
                .with("src/ways.js", """
                        let loaded = 0;
                        exports.load = async () => { loaded += 1; };
                        exports.apply = async (how) => {
                          if (how === 'loaded') return loaded;
                          if (how === 'nothing') return;
                          if (how === 'throw') { console.error('before'); throw new TypeError('thrown'); }
                          if (how === 'reject') return Promise.reject({ code: 7 });
                          if (how === 'stray') return new Promise(() => setTimeout(() => { throw new Error('stray'); }, 1));
                          if (how === 'unhandled') { Promise.reject(new Error('unhandled')); return new Promise(() => {}); }
                          if (how === 'exit') process.exit(3);
                          if (how === 'function') return () => 1;
                          if (how === 'big') return Buffer.alloc(33 << 20);
                          if (how === 'typed') throw Object.assign(new Error('bad input'), { errorType: 'InputError' });
                        };
                        """)
                .with("src/callback.js", """
                        exports.apply = (input, cb) => setTimeout(() => cb(input === 'bad' ? new Error('said so') : null, [input]), 1);
                        """)
                .with("src/module.mjs", """
                        import Algorithmia from 'algorithmia';
                        import { word } from './word.mjs';
                        export const apply = (input) => `${word} ${input} ${typeof Algorithmia.client}`;
                        """)
                .with("src/word.mjs", "export const word = 'Hello';")
                .with("src/none.js", "exports.run = () => 1;")
                .with("src/broken.js", "const x = require('./not-there');")
                .with("src/nested.js", """
                        const Algorithmia = require('algorithmia');
                        exports.apply = async (names) => {
                          const client = Algorithmia.client('simKey');
                          const answers = await Promise.all(names.map((name) => client.algo(`algo://${name}`).pipe({ name })));
                          return answers.map((answer) => { try { return answer.get(); } catch (e) { return `${e.errorType}: ${e.message}`; } });
                        };
                        """)
                .with("src/wait.js", """
                        let calls = 0;
                        exports.apply = async (input) => {
                          calls += 1;
                          if (input === 'count') return calls;
                          await require('algorithmia').algo('demo/slow').pipe(input);
                          return 'too late';
                        };
                        """)
                .with("src/busy.js", "exports.apply = () => { while (true) {} };");
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @Test
    void aValuesKindDecidesInBothDirectionsAndTheFirstAnswerCounts() {
        WorkerOutcome.Succeeded text = node.result("src/kinds.js", Payload.text("Grüße"));
        assertThat(text.output()).usingRecursiveComparison().isEqualTo(Payload.text("Grüße"));
        assertThat(text.log()).isEqualTo("string false\n");

        assertThat(node.result("src/kinds.js", Payload.json("{\"a\": [1, null]}"))
                        .output())
                .usingRecursiveComparison()
                .isEqualTo(Payload.json("{\"a\":[1,null]}"));
        byte[] large = new byte[3 << 20];
        large[large.length - 1] = 7;
        WorkerOutcome.Succeeded bytes = node.result("src/kinds.js", Payload.binary(large));
        assertThat(bytes.log()).isEqualTo("object true\n");
        assertThat(bytes.output().kind()).isEqualTo(Payload.Kind.BINARY);
        assertThat(bytes.output().bytes()).hasSize(large.length + 2).endsWith(7, 0, 255);
    }

    @Test
    void callbacksPromisesAndModulesAnswer() {
        assertThat(node.result("src/callback.js", Payload.text("x")).output().utf8())
                .isEqualTo("[\"x\"]");
        assertThat(node.failure("src/callback.js", Payload.text("bad")).message())
                .isEqualTo("said so");
        assertThat(node.result("src/module.mjs", Payload.text("you")).output().utf8())
                .isEqualTo("Hello you function");
        assertThat(node.result("src/ways.js", Payload.text("nothing")).output())
                .usingRecursiveComparison()
                .isEqualTo(Payload.json("null"));
    }

    @Test
    void everyWayToFailIsTheCallsOwnAndTheWorkerGoesOn() {
        WorkerOutcome.Failed thrown = way("throw", "AlgorithmError", "thrown");
        assertThat(thrown.stacktrace()).startsWith("TypeError: thrown\n").contains("/algo/src/ways.js:6");
        assertThat(thrown.log()).isEqualTo("before\n");
        way("reject", "AlgorithmError", "{\"code\":7}");
        assertThat(way("stray", "AlgorithmError", "stray").stacktrace()).contains("ways.js:8");
        way("unhandled", "AlgorithmError", "unhandled");
        way("exit", "SystemExit", "the algorithm called process.exit(3)");
        way("typed", "InputError", "bad input");
        way("big", "TooLargeError", "the output is 34603008 bytes; allowed are 33554432");
        way(
                "function",
                "AlgorithmError",
                "a function has no form in JSON; expected was text, a Buffer or a value for JSON");

        WorkerOutcome.Succeeded after = node.result("src/ways.js", Payload.text("loaded"));
        assertThat(after.output().utf8())
                .as("loaded once for all of these calls")
                .isEqualTo("1");
        assertThat(after.timing().coldNanos()).isZero();
    }

    private static WorkerOutcome.Failed way(String how, String errorType, String message) {
        WorkerOutcome.Failed failed = node.failure("src/ways.js", Payload.text(how));
        assertThat(failed.errorType()).as(how).isEqualTo(errorType);
        assertThat(failed.message()).isEqualTo(message);
        return failed;
    }

    @Test
    void whatCannotBeLoadedIsRefusedWithWhatWasExpected() {
        WorkerOutcome.Failed none = node.failure("src/none.js", Payload.text("x"));
        assertThat(none.errorType()).isEqualTo("LoadingError");
        assertThat(none.message())
                .isEqualTo("none.js exports no function 'apply'; expected was exports.apply = (input, callback) => …");
        WorkerOutcome.Failed broken = node.failure("src/broken.js", Payload.text("x"));
        assertThat(broken.errorType()).isEqualTo("LoadingError");
        assertThat(broken.message()).contains("not-there");
        assertThat(broken.stacktrace()).contains("/algo/src/broken.js:1");
    }

    @Test
    void nestedCallsRunAtOnceAndAFailedOneIsThrownByGet() {
        CyclicBarrier both = new CyclicBarrier(2);
        CallOut out = (algorithm, input, timeout) -> {
            if (algorithm.equals("demo/no")) {
                throw Problem.of(ErrorCode.NOT_FOUND, "There is no such algorithm");
            }
            meet(both);
            return new WorkerOutcome.Succeeded(Payload.json("[" + input.utf8() + "]"), "", Timing.NONE);
        };

        WorkerOutcome outcome =
                node.call("src/nested.js", Payload.json("[\"demo/a\", \"demo/no\", \"nlp/b/1.0.0\"]"), 1, out);

        assertThat(CodeWorker.succeeded(outcome).output().utf8())
                .isEqualTo(
                        "[[{\"name\":\"demo/a\"}],\"not-found: There is no such algorithm\",[{\"name\":\"nlp/b/1.0.0\"}]]");
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aCancelledCallThatWaitsForAnotherEndsAndTheWorkerStaysWithItsCaller() {
        CompletableFuture<Void> cancelled = new CompletableFuture<>();
        CallOut slow = (algorithm, input, timeout) -> {
            cancelled.complete(null);
            meet(new CyclicBarrier(2));
            throw new IllegalStateException("nobody meets it");
        };

        WorkerOutcome outcome = node.call("src/wait.js", Payload.text("x"), 1, slow, cancelled);

        assertThat(outcome).isInstanceOf(WorkerOutcome.Cancelled.class);
        assertThat(node.result("src/wait.js", Payload.text("count")).output().utf8())
                .isEqualTo("2");
        assertThat(CodeWorker.succeeded(node.call("src/wait.js", Payload.text("count"), 2, CallOut.NONE))
                        .output()
                        .utf8())
                .as("another caller has a worker of its own")
                .isEqualTo("1");
    }

    @Test
    void aCallThatNeverLooksUpIsKilledWithItsWorkerWhenItsTimeIsOver() {
        WorkerOutcome outcome = node.call("src/busy.js", Payload.text("x"), 1500);

        assertThat(outcome).isInstanceOf(WorkerOutcome.Failed.class);
        assertThat(((WorkerOutcome.Failed) outcome).errorType()).isEqualTo("TimeoutError");
    }

    @Test
    void packagesOfTheBuildAreFoundByBothKindsOfModules(@TempDir Path other) throws Exception {
        try (BuildsForTests build = new BuildsForTests(other, java.util.Map.of());
                CodeWorker worker = new CodeWorker(other, Runtime.NODE)) {
            BuildsForTests.assumeReachable(
                    NpmSettings.of(Files.createDirectories(other.resolve("npm")), java.util.List.of())
                            .hosts());
            build.with("package.json", "{\"dependencies\": {\"is-number\": \"7.0.0\"}}");
            build.run(Runtime.NODE, java.util.Map.of());
            worker.dependencies = build.result;
            worker.with("a.js", "const n = require('is-number'); exports.apply = (x) => n(x);")
                    .with("b.mjs", "import n from 'is-number'; export const apply = (x) => n(x);");

            assertThat(worker.result("a.js", Payload.text("5")).output().utf8()).isEqualTo("true");
            assertThat(worker.result("b.mjs", Payload.text("x")).output().utf8())
                    .isEqualTo("false");
        }
    }
}
