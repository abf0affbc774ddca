package io.algomat.bench;

import io.algomat.bench.Load.Times;
import io.algomat.testing.PackagedGateway;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What twenty callers of a hostile algorithm do to twenty callers of a good one: the slowest hundredth of the good ones'
 * calls beside them, against the same without them. The hostile one forks, hogs memory and processors, fills its folder,
 * floods its log and never ends; each of its calls has a process of its own.
 */
final class NeighboursBench implements Benchmark {
    private static final int GOOD = 20;
    private static final int ABUSERS = 20;
    private static final double GOOD_PER_SECOND = 20;
    private static final double QUIET_SECONDS = 20;
    private static final double SECONDS = 60;

    private static final String ABUSE = """
            import os, sys, threading, time

            def fork(x):
                while True:
                    if os.fork() == 0:
                        time.sleep(60)

            def threads(x):
                while True:
                    threading.Thread(target=time.sleep, args=(60,), daemon=True).start()

            def memory(x):
                kept = []
                while True:
                    kept.append(bytearray(os.urandom(1 << 20)))

            def spin(x):
                while True:
                    pass

            def fill(x):
                for i in range(1000):
                    with open("/tmp/%d" % i, "wb") as file:
                        file.write(b"x" * (1 << 20))

            def flood(x):
                while True:
                    sys.stdout.write("x" * 65536)

            def apply(x):
                return globals()[x](x)
            """;

    private static final List<String> CASES = List.of("fork", "threads", "memory", "spin", "fill", "flood");

    @Override
    public String name() {
        return "neighbours";
    }

    @Override
    public void run(Report report) throws Exception {
        try (Scratch data = new Scratch();
                StagedSamples samples = new StagedSamples();
                PackagedGateway gateway = start(data, samples)) {
            String guest = "Authorization: " + OpenGateway.guestKey(gateway) + "\r\n";
            int port = URI.create(gateway.page()).getPort();
            Wire.Target good = new Wire.Target(port, "/v1/algo/demo/good", guest, json("x"));
            Wire.Target bad = new Wire.Target(port, "/v1/algo/demo/abuse", guest, json("spin"));
            Load.open(() -> new Wire(good), GOOD, GOOD_PER_SECOND, QUIET_SECONDS / 4);
            Times quiet = Load.open(() -> new Wire(good), GOOD, GOOD_PER_SECOND, QUIET_SECONDS);
            AtomicInteger next = new AtomicInteger();
            Times beside;
            Times abused;
            try (ExecutorService abuse = Executors.newSingleThreadExecutor()) {
                Future<Times> abusers = abuse.submit(() -> Load.closed(
                        () -> new Abuser(bad, next.getAndIncrement()), ABUSERS, SECONDS));
                beside = Load.open(() -> new Wire(good), GOOD, GOOD_PER_SECOND, SECONDS);
                abused = abusers.get();
            }
            report.figure("quiet_p99_ms", quiet.millis(0.99), "ms", "");
            report.figure("beside_p99_ms", beside.millis(0.99), "ms", "");
            report.figure("abuses", abused.nanos().length, "", "");
            report.figure("good_p99_ratio", beside.millis(0.99) / quiet.millis(0.99), "", "<= 2");
        }
    }

    private static byte[] json(String text) {
        return ("\"" + text + "\"").getBytes(StandardCharsets.UTF_8);
    }

    private static PackagedGateway start(Scratch data, StagedSamples samples) throws IOException {
        algorithm(samples, "good", "shared", "import time\n\ndef apply(x):\n    time.sleep(0.01)\n    return x\n");
        algorithm(
                samples,
                "abuse",
                "per-call",
                ABUSE.replace("def apply(x):\n", "def apply(x):\n    if x == \"x\":\n        return x\n"));
        return OpenGateway.start(data.path(), samples.path(), "-Dalgomat.billing.cpu-rate-per-ms=0");
    }

    private static void algorithm(StagedSamples samples, String name, String reuse, String source) throws IOException {
        String manifest = """
                algorithm: demo/%s
                title: Neighbour
                tag_line: One of two kinds of neighbours
                categories: [tools]
                licence: Apache-2.0
                runtime: python
                entry: algo.py
                reuse: %s
                memory: 128 MiB
                timeout: 2 s
                input: {}
                output: {}
                samples: [{name: One, input: x, expect: x}]
                """.formatted(name, reuse);
        samples.write("demo-" + name, manifest, "algo.py", source);
    }

    /** One abuse after another; whatever the gateway says to it. */
    private static final class Abuser implements Load.Line {
        private final Wire wire;
        private int turn;

        Abuser(Wire.Target target, int first) throws IOException {
            this.wire = new Wire(target);
            this.turn = first;
        }

        @Override
        public void exchange() throws IOException {
            wire.answer(json(CASES.get(turn++ % CASES.size())));
        }

        @Override
        public void close() throws IOException {
            wire.close();
        }
    }
}
