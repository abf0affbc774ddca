package io.algomat.workers;

import static org.assertj.core.api.Assertions.assertThat;

import io.algomat.platform.ErrorCode;
import io.algomat.platform.Payload;
import io.algomat.platform.Problem;
import io.algomat.platform.Units;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import javax.tools.ToolProvider;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What algorithms in three languages report of a call, in real sandboxed workers. The input says what is reported. */
@Timeout(120)
class ReportedMetricsTest {
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

    private static List<CodeBundle> languages() throws IOException {
        return List.of(
                python("""
                import algomat
                def apply(wanted):
                    try:
                        for name, value in wanted:
                            algomat.metric(name, float("nan") if value is None else value)
                    except ValueError as wrong:
                        return str(wrong)
                    if wanted and wanted[0][0] == "failing":
                        raise Exception("failed after its report")
                    return "done"
                """), new CodeBundle(workers, folder, Runtime.NODE, "algo.js").with("algo.js", """
                const { metric } = require('algomat');
                exports.apply = async (wanted) => {
                  try {
                    wanted.forEach(([name, value]) => metric(name, value === null ? NaN : value));
                  } catch (wrong) {
                    return wrong.message;
                  }
                  if (wanted.length && wanted[0][0] === 'failing') {
                    throw new Error('failed after its report');
                  }
                  return 'done';
                };
                """), java());
    }

    private static CodeBundle python(String source) throws IOException {
        return new CodeBundle(workers, folder, Runtime.PYTHON, "algo.py").with("algo.py", source);
    }

    private static CodeBundle java() throws IOException {
        Path built = Files.createTempDirectory(folder, "java");
        Path source = Files.writeString(built.resolve("Reporting.java"), """
                import io.algomat.Algomat;
                import java.util.List;
                public class Reporting {
                    public String apply(List<List<Object>> wanted) throws Exception {
                        try {
                            for (List<Object> each : wanted) {
                                Object value = each.get(1);
                                Algomat.metric((String) each.get(0), value == null ? Double.NaN : ((Number) value).doubleValue());
                            }
                        } catch (IllegalArgumentException wrong) {
                            return wrong.getMessage();
                        }
                        if (!wanted.isEmpty() && wanted.get(0).get(0).equals("failing")) {
                            throw new Exception("failed after its report");
                        }
                        return "done";
                    }
                }
                """);
        Path classes = Files.createDirectory(built.resolve("classes"));
        int status = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-cp",
                        "target/runner/lib/algomat-provided.jar:target/runner/algomat-runner.jar",
                        "-d",
                        classes.toString(),
                        source.toString());
        assertThat(status).isZero();
        return new CodeBundle(workers, folder, Runtime.JAVA, "Reporting").on(built);
    }

    private static WorkerOutcome.Succeeded run(CodeBundle algorithm, String wanted) {
        return CodeWorker.succeeded(algorithm.run(Payload.json(wanted)));
    }

    @Test
    void reportsOfOneNameAddUpAndEachCallHasItsOwn() throws IOException {
        for (CodeBundle algorithm : languages()) {
            WorkerOutcome.Succeeded done = run(
                    algorithm,
                    "[[\"pages\", 3], [\"seconds\", 0.1], [\"seconds\", 0.2], [\"pages\", 4], [\"none\", 0]]");

            assertThat(done.output().utf8()).isEqualTo("done");
            assertThat(done.metrics())
                    .isEqualTo(Map.of("pages", Units.of(7), "seconds", new Units(300), "none", Units.ZERO));
            assertThat(run(algorithm, "[]").metrics()).as("the next call's").isEmpty();
        }
    }

    @Test
    void whatIsNoMetricIsRefusedInTheAlgorithm() throws IOException {
        for (CodeBundle algorithm : languages()) {
            assertThat(run(algorithm, "[[\"pages\", -1]]").output().utf8())
                    .contains("the metric pages is -1", "a number from 0 up");
            assertThat(run(algorithm, "[[\"pages\", null]]").output().utf8())
                    .containsIgnoringCase("the metric pages is nan");
            assertThat(run(algorithm, "[[\"Pages\", 1]]").output().utf8()).contains("such as pages");
            assertThat(run(algorithm, "[[\"" + "a".repeat(41) + "\", 1]]")
                            .output()
                            .utf8())
                    .contains("at most 40");
            List<String> many = new ArrayList<>();
            for (int i = 0; i <= 16; i++) {
                many.add("[\"m" + i + "\", 1]");
            }
            WorkerOutcome.Succeeded tooMany = run(algorithm, many.toString());
            assertThat(tooMany.output().utf8()).isEqualTo("a call may report 16 metrics, not more");
            assertThat(tooMany.metrics()).hasSize(16);
        }
    }

    @Test
    void absurdReportsAreCappedAndThoseOfAFailedCallAreNone() throws IOException {
        for (CodeBundle algorithm : languages()) {
            assertThat(run(algorithm, "[[\"pages\", 1e18], [\"pages\", 1e300], [\"pages\", 1e308], [\"pages\", 1e308]]")
                            .metrics())
                    .isEqualTo(Map.of("pages", Units.MOST));
            assertThat(algorithm.run(Payload.json("[[\"failing\", 7]]"))).isInstanceOf(WorkerOutcome.Failed.class);
            assertThat(run(algorithm, "[[\"pages\", 1]]").metrics()).isEqualTo(Map.of("pages", Units.of(1)));
        }
    }

    @Test
    void inABatchEachInputHasItsOwnReports() throws IOException {
        CodeBundle batches = python("""
                import algomat, time
                def apply_batch(inputs):
                    time.sleep(0.05)
                    for at, each in enumerate(inputs):
                        algomat.metric("pages", each, input=at)
                    if len(inputs) > 1:
                        try:
                            algomat.metric("pages", 1)
                            raise AssertionError("taken")
                        except ValueError:
                            pass
                    return [len(inputs) for _ in inputs]
                """).option("largest_batch", "4");
        run(batches, "1");
        run(batches, "1");

        List<Payload> inputs = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            inputs.add(Payload.json(String.valueOf(i)));
        }
        List<WorkerOutcome> outcomes = batches.together(inputs, 1);

        List<Integer> sizes = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            WorkerOutcome.Succeeded done = CodeWorker.succeeded(outcomes.get(i));
            assertThat(done.metrics()).isEqualTo(Map.of("pages", Units.of(i)));
            sizes.add(Integer.valueOf(done.output().utf8()));
        }
        assertThat(Collections.max(sizes)).as("calls in one batch").isGreaterThan(1);
    }

    /** The runner is the publisher's process: code that goes around it cannot be believed. */
    @Test
    void aWorkerThatSendsNonsenseIsEnded() throws IOException {
        CodeBundle forging = python("""
                import struct
                from algomat_runner import frames, reports
                def apply(name):
                    state = reports._state
                    body = frames.string(name) + struct.pack(">d", -5.0)
                    state.data.write(frames.Frame(frames.METRIC, state.single(), body))
                    return "done"
                """);

        Assertions.assertThatThrownBy(() -> forging.run(Payload.text("pages")))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo(ErrorCode.WORKER_LOST));
    }
}
