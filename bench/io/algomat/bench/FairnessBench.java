package io.algomat.bench;

import io.algomat.bench.Load.Times;
import io.algomat.testing.PackagedGateway;
import io.algomat.testing.SignedUp;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What one caller who sends ten times its share does to the others of the same version: their slowest hundredth beside
 * it, against without it. The algorithm sleeps instead of computing, so that what is measured is the queue and not the
 * processors, which load, gateway and database share here.
 */
final class FairnessBench implements Benchmark {
    private static final double WORK_SECONDS = 0.02;
    private static final int OTHERS = 4;
    private static final double OTHERS_PER_SECOND = 16;
    private static final int RUNS = 3;
    private static final double SECONDS = 12;
    private static final int GREEDY_CONNECTIONS = 64;
    private static final int CONNECTIONS = 16;
    private static final byte[] BODY = "\"x\"".getBytes(StandardCharsets.UTF_8);

    private static final String MANIFEST = """
            algorithm: demo/nap
            title: Nap
            tag_line: Sleeps a fiftieth of a second
            categories: [tools]
            licence: Apache-2.0
            runtime: python
            entry: nap.py
            reuse: shared
            memory: 128 MiB
            input: {}
            output: {}
            samples: [{name: One, input: x, expect: x}]
            """;

    @Override
    public String name() {
        return "fairness";
    }

    @Override
    public void run(Report report) throws Exception {
        try (Scratch data = new Scratch();
                StagedSamples samples = new StagedSamples();
                PackagedGateway gateway = start(data, samples)) {
            OpenGateway.guestKey(gateway);
            int port = URI.create(gateway.page()).getPort();
            List<Wire.Target> others = new ArrayList<>();
            for (int i = 0; i < OTHERS; i++) {
                others.add(target(port, SignedUp.key(gateway.page(), "quiet_" + i)));
            }
            Wire.Target greedy = target(port, SignedUp.key(gateway.page(), "greedy"));
            double capacity = Load.closed(() -> new Asker(greedy), GREEDY_CONNECTIONS, SECONDS / 2)
                    .perSecond();
            double share = capacity / (OTHERS + 1);
            double ratio = Double.POSITIVE_INFINITY;
            for (int i = 0; i < RUNS; i++) {
                Times alone = others(others);
                Times beside;
                try (ExecutorService flood = Executors.newSingleThreadExecutor()) {
                    Future<Times> sent = flood.submit(
                            () -> Load.open(() -> new Asker(greedy), GREEDY_CONNECTIONS, 10 * share, SECONDS));
                    beside = others(others);
                    sent.get();
                }
                ratio = Math.min(ratio, beside.millis(0.99) / alone.millis(0.99));
                report.figure("alone_p99_ms", alone.millis(0.99), "ms", "");
                report.figure("beside_p99_ms", beside.millis(0.99), "ms", "");
            }
            report.figure("capacity", capacity, "1/s", "");
            report.figure("others_p99_ratio", ratio, "", "<= 1.5");
        }
    }

    /** The others together, at a fifth of what the pool can do or less; none of them may be refused. */
    private static Times others(List<Wire.Target> targets) throws Exception {
        AtomicInteger next = new AtomicInteger();
        return Load.open(
                () -> new Wire(targets.get(next.getAndIncrement() % OTHERS)),
                CONNECTIONS,
                OTHERS_PER_SECOND,
                SECONDS);
    }

    private static PackagedGateway start(Scratch data, StagedSamples samples) throws IOException {
        samples.write(
                "demo-nap",
                MANIFEST,
                "nap.py",
                "import time\n\ndef apply(x):\n    time.sleep(" + WORK_SECONDS + ")\n    return x\n");
        return OpenGateway.start(data.path(), samples.path(), "-Dalgomat.billing.cpu-rate-per-ms=0");
    }

    private static Wire.Target target(int port, String key) {
        return new Wire.Target(port, "/v1/algo/demo/nap", "Authorization: " + key + "\r\n", BODY);
    }

    /** Takes a refusal as well as an answer: who floods a queue is refused. */
    private static final class Asker implements Load.Line {
        private final Wire wire;

        Asker(Wire.Target target) throws IOException {
            this.wire = new Wire(target);
        }

        @Override
        public void exchange() throws IOException {
            int status = wire.answer(BODY).status();
            if (status != 200 && status != 429 && status != 503) {
                throw new IOException("An answer with status " + status);
            }
        }

        @Override
        public void close() throws IOException {
            wire.close();
        }
    }
}
