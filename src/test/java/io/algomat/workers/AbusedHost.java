package io.algomat.workers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import io.algomat.platform.Ids;
import io.algomat.platform.Payload;
import io.algomat.platform.Problem;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Runs abusive programs in real workers with narrow limits, and looks at the host after each. */
final class AbusedHost implements AutoCloseable {
    static final int LOG_BYTES = 8 << 10;

    private static final Path PROGRAMS = Path.of("target/test-classes/abuse");
    private static final int PROCESSES = 48;
    private static final int OUTPUT_BYTES = 10 << 20;
    /** What the gateway may have grown by, in bytes, when a worker has written far more. */
    private static final long FLAT = 32L << 20;

    private final Set<Long> others =
            ProcessHandle.current().descendants().map(ProcessHandle::pid).collect(Collectors.toSet());
    private final Workers workers;
    private final Path bundle;
    private final Path secret;
    private final WorkerSpec spec;
    private final ServerSocket listening = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    private final Process abstractListener;
    private final String abstractName = Ids.random("algomat-abuse");

    /** @param built what a build made of the programs; null where the runtime takes them as they are */
    AbusedHost(Path folder, Runtime runtime, String entry, @Nullable Path built) throws IOException {
        workers = WorkersForTests.in(folder.resolve("data"), Map.of());
        secret = Files.writeString(folder.resolve("secret"), "secret");
        bundle = folder.resolve("bundle");
        copy(PROGRAMS.resolve(runtime.wire()), bundle);
        spec = new WorkerSpec(
                "abuse-" + runtime.wire(),
                runtime,
                entry,
                Map.of(),
                bundle,
                built,
                "cpu",
                Reuse.PER_CALLER,
                new Limits(
                        (runtime == Runtime.PYTHON ? 128L : 384L) << 20,
                        0,
                        Duration.ofSeconds(4),
                        16 << 20,
                        PROCESSES,
                        runtime == Runtime.PYTHON ? 128 : 256,
                        LOG_BYTES),
                false,
                false);
        abstractListener = new ProcessBuilder(
                        "python3",
                        "-c",
                        "import socket, sys; s = socket.socket(socket.AF_UNIX); s.bind('\\0' + sys.argv[1]);"
                                + " s.listen(); print('listens', flush=True); sys.stdin.read()",
                        abstractName)
                .start();
        assertThat(abstractListener.inputReader().readLine()).isEqualTo("listens");
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> paths = Files.walk(from)) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                Path target = to.resolve(from.relativize(path).toString());
                Files.createDirectories(target.getParent());
                Files.copy(path, target);
            }
        }
    }

    Path bundle() {
        return bundle;
    }

    WorkerOutcome run(String program, int millis) {
        return run(program, millis, 1);
    }

    WorkerOutcome run(String program, int millis, long caller) {
        return run(program, millis, caller, listening.getLocalPort());
    }

    private WorkerOutcome run(String program, int millis, long caller, int port) {
        JsonObject input = new JsonObject();
        input.addProperty("case", program);
        input.addProperty("host", secret.toString());
        input.addProperty("home", System.getProperty("user.home"));
        input.addProperty("pid", ProcessHandle.current().pid());
        input.addProperty("port", port);
        input.addProperty("abstract", abstractName);
        return workers.call(
                spec,
                new WorkerCall(
                        Ids.newCallId(Clock.systemUTC()),
                        caller,
                        Payload.json(input.toString()),
                        System.nanoTime() + millis * 1_000_000L,
                        OUTPUT_BYTES,
                        new CompletableFuture<>(),
                        CallOut.NONE));
    }

    String says(String program, long caller) {
        return says(program, caller, listening.getLocalPort());
    }

    String says(String program, long caller, int port) {
        WorkerOutcome outcome = run(program, 30_000, caller, port);
        if (outcome instanceof WorkerOutcome.Succeeded succeeded) {
            return succeeded.output().utf8();
        }
        throw new AssertionError(program + ": " + outcome);
    }

    Problem problem(String program) {
        return catchThrowableOfType(Problem.class, () -> run(program, 30_000));
    }

    /** Runs a program that goes beyond a limit: its call fails with the limit's own name, and the gateway's heap is flat. */
    void isStopped(String program, String errorType) throws IOException {
        long before = heap();

        WorkerOutcome outcome = run(program, errorType.equals("TimeoutError") ? 1_500 : 30_000);

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        WorkerOutcome.Failed.class,
                        failed -> assertThat(failed.errorType())
                                .as(failed.message())
                                .isEqualTo(errorType));
        assertThat(heap()).isLessThan(before + FLAT);
        holds(1);
    }

    private static long heap() {
        System.gc();
        java.lang.Runtime jvm = java.lang.Runtime.getRuntime();
        return jvm.totalMemory() - jvm.freeMemory();
    }

    /** Stops the workers after what they have in hand. */
    void drain() {
        workers.drain(spec.pool());
    }

    /** Below the gateway, the sandboxes' own among them; what other tests have left running is not ours. */
    long processes() {
        long listener = abstractListener.pid();
        try (Stream<ProcessHandle> all = ProcessHandle.current().descendants()) {
            return all.filter(process -> process.pid() != listener && !others.contains(process.pid()))
                    .count();
        }
    }

    /**
     * What holds after every abuse: the host's file is as it was, nothing stays in the data folder's run folder, and the
     * callers' next calls are answered. Every sandbox that was ended is gone with all its processes.
     */
    void holds(int callers) throws IOException {
        assertThat(secret).hasContent("secret");
        assertThat(ProcessHandle.current().isAlive()).isTrue();
        for (int caller = 1; caller <= callers; caller++) {
            assertThat(says("well", caller)).isEqualTo("well");
        }
        // sh and bwrap replace each other: bubblewrap, its first process within, and the worker.
        await().atMost(Duration.ofSeconds(10)).until(() -> processes() <= 3L * liveWorkers());
        try (Stream<Path> left = Files.list(bundle.resolveSibling("data").resolve("run"))) {
            assertThat(left.filter(path -> path.toString().contains("abuse"))).isEmpty();
        }
    }

    private int liveWorkers() {
        Workers.PoolState state = workers.state(spec.pool());
        return state.starting() + state.idle() + state.busy();
    }

    @Override
    public void close() throws IOException {
        workers.stop();
        listening.close();
        abstractListener.destroy();
    }
}
