package io.algomat.workers;

import static org.assertj.core.api.Assertions.assertThat;

import io.algomat.platform.Payload;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Algorithms in Python, in real sandboxed workers. */
class PythonWorkerTest {
    @TempDir
    static Path folder;

    private static Workers workers;

    @BeforeAll
    static void start() {
        workers = WorkersForTests.in(folder.resolve("data"), Map.of());
    }

    @AfterAll
    static void stop() {
        workers.stop();
    }

    private static CodeBundle python(String source) throws IOException {
        return new CodeBundle(workers, folder, Runtime.PYTHON, "src/Algo.py").with("src/Algo.py", source);
    }

    @Test
    void theValueDecidesWhatGoesInAndOut() throws IOException {
        CodeBundle echo = python("""
                def apply(input):
                    if input == "none":
                        return None
                    return input if isinstance(input, (str, bytes)) else {"type": type(input).__name__, "value": input}
                """);

        assertSame(echo, Payload.text("Grüße"), Payload.text("Grüße"));
        assertSame(
                echo,
                Payload.json("{\"a\":[1,2.5,null,true,\"ü\"]}"),
                Payload.json("{\"type\":\"dict\",\"value\":{\"a\":[1,2.5,null,true,\"ü\"]}}"));
        assertSame(echo, Payload.binary(new byte[] {0, -1, 10}), Payload.binary(new byte[] {0, -1, 10}));
        assertSame(echo, Payload.text("none"), Payload.json("null"));
        byte[] large = new byte[1 << 20];
        large[large.length - 1] = 7;
        assertThat(echo.answer(Payload.binary(large)).bytes()).isEqualTo(large);
    }

    private static void assertSame(CodeBundle bundle, Payload input, Payload output) {
        assertThat(bundle.answer(input)).usingRecursiveComparison().isEqualTo(output);
    }

    @Test
    void loadRunsOnceAndItsStateIsHandedOn() throws IOException {
        CodeBundle counting = python("""
                loads = 0
                def load():
                    global loads
                    loads += 1
                    return {"calls": 0}
                def apply(input, state):
                    state["calls"] += 1
                    return "%d %d" % (loads, state["calls"])
                """);

        assertThat(counting.text("a")).isEqualTo("1 1");
        assertThat(counting.text("b")).isEqualTo("1 2");
        WorkerOutcome other = counting.run(counting.call(Payload.text("c"), 2));
        assertThat(((WorkerOutcome.Succeeded) other).output().utf8())
                .as("another caller's worker")
                .isEqualTo("1 1");
    }

    @Test
    void theKitsFormRunsWithoutTheKit() throws IOException {
        CodeBundle kit = python("""
                from adk import ADK
                import Algorithmia
                from . import words
                client = Algorithmia.client()
                def load(manifest):
                    return open(manifest.get_model("greeting")).read()
                def apply(input, greeting):
                    return greeting + words.end(input)
                algorithm = ADK(apply, load, client)
                algorithm.init("tried alone")
                """)
                .with("src/__init__.py", "")
                .with("src/words.py", "def end(name):\n    return name + '!'\n")
                .with("model/hi.txt", "Hi ")
                .with("model_manifest.json", """
                        {"required_files": [{"name": "greeting", "source_uri": "data://a/b/hi.txt"}], "optional_files": []}
                        """);

        assertThat(kit.text("Ada")).isEqualTo("Hi Ada!");
    }

    @Test
    void anExceptionComesBackWithItsTypeMessageAndTheBundlesLines() throws IOException {
        CodeBundle wrong = python("""
                import sys
                class Known(Exception):
                    error_type = "InputError"
                def inner(input):
                    raise ValueError("not " + input)
                def apply(input):
                    if input == "known":
                        raise Known("of its own type")
                    if input == "exit":
                        sys.exit(3)
                    if input == "nan":
                        return {"a": float("nan")}
                    if input == "set":
                        return {1}
                    if input == "memory":
                        raise MemoryError()
                    inner(input)
                """);

        WorkerOutcome.Failed failed = wrong.failed(Payload.text("this"));
        assertThat(failed.errorType()).isEqualTo("AlgorithmError");
        assertThat(failed.message()).isEqualTo("not this");
        assertThat(failed.stacktrace())
                .contains("File \"/algo/src/Algo.py\", line 5, in inner", "ValueError: not this")
                .doesNotContain("/runner");
        assertThat(wrong.failed(Payload.text("known")).errorType()).isEqualTo("InputError");
        assertThat(wrong.failed(Payload.text("exit")).errorType()).isEqualTo("SystemExit");
        assertThat(wrong.failed(Payload.text("exit")).message()).endsWith("status 3");
        assertThat(wrong.failed(Payload.text("nan")).message()).contains("Out of range float values");
        assertThat(wrong.failed(Payload.text("set")).message()).contains("set is not JSON serializable");
        assertThat(wrong.failed(Payload.text("memory")).errorType()).isEqualTo("OutOfMemoryError");
    }

    @Test
    void whatCannotBeLoadedSaysWhy() throws IOException {
        assertThat(python("x = 1").failed(Payload.text("")).message())
                .isEqualTo("'src/Algo.py' has no function apply; expected is 'def apply(input):'");
        WorkerOutcome.Failed broken =
                python("def apply(input):\n  return 1\nraise KeyError('model')").failed(Payload.text(""));
        assertThat(broken.errorType()).isEqualTo("LoadingError");
        assertThat(broken.message()).isEqualTo("KeyError: 'model'");
        assertThat(broken.stacktrace()).contains("/algo/src/Algo.py\", line 3");
        assertThat(python("def apply(input) return").failed(Payload.text("")).message())
                .startsWith("SyntaxError");
        assertThat(new CodeBundle(workers, folder, Runtime.PYTHON, "src/None.py")
                        .failed(Payload.text(""))
                        .message())
                .startsWith("there is no 'src/None.py' in the bundle");
        assertThat(python("def apply(i): return i")
                        .option("python", "3.99")
                        .failed(Payload.text(""))
                        .message())
                .isEqualTo("CPython 3.99 is not installed on this machine; set 'python' in the manifest to a"
                        + " version that is, or ask the operator");
    }

    @Test
    void whatACallPrintsIsItsOwnLog() throws IOException {
        CodeBundle talking = python("""
                import os, sys
                print("loading")
                def apply(input):
                    print("out", input)
                    print("err", input, file=sys.stderr)
                    sys.stdout.write("no end")
                    if input == "much":
                        print("x" * 1000000)
                    return input
                """);

        talking.text("first");
        WorkerOutcome.Succeeded second = (WorkerOutcome.Succeeded) talking.run(Payload.text("second"));
        assertThat(second.log()).isEqualTo("out second\nerr second\nno end\n");
        WorkerOutcome.Succeeded much = (WorkerOutcome.Succeeded) talking.run(Payload.text("much"));
        assertThat(much.log()).startsWith("out much\n").contains("[cut after 65536 of ");
    }
}
