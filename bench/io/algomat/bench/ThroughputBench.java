package io.algomat.bench;

import io.algomat.testing.PackagedGateway;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.concurrent.Callable;

/**
 * How much of a machine's work gets through: a real small model (MiniLM) by HTTP with a key, against two callers who hold it
 * in their own process, one thread each. The same model and the same input, in the same run; calls are free of royalty.
 */
final class ThroughputBench implements Benchmark {
    private static final String TEXT = "\"The weather is lovely today.\"";
    private static final int MANY = 8;
    private static final String TEXTS = "[" + String.join(",", Collections.nCopies(MANY, TEXT)) + "]";
    private static final String SAMPLE = "nlp-sentence-embedding";
    private static final int RUNS = 3;
    private static final double WARM_UP_SECONDS = 4;
    private static final double RUN_SECONDS = 3;

    @Override
    public String name() {
        return "throughput";
    }

    @Override
    public void run(Report report) throws Exception {
        double alone1;
        double alone8;
        try (InProcess model = new InProcess()) {
            alone1 = best(() -> model.line(1), 2);
            alone8 = MANY * best(() -> model.line(MANY), 2);
        }
        report.figure("in_process_batch1", alone1, "texts/s", "");
        report.figure("in_process_batch8", alone8, "texts/s", "");
        try (Scratch data = new Scratch();
                StagedSamples samples = new StagedSamples()
                        .add(SAMPLE, "adaptive", manifest -> manifest)
                        .add(SAMPLE, "single", manifest -> manifest.replace("nlp/sentence-embedding", "nlp/single")
                                .replace("task: text", "largest_batch: 1\ntask: text"));
                PackagedGateway gateway = OpenGateway.start(data.path(), samples.path())) {
            String key = OpenGateway.guestKey(gateway);
            int port = URI.create(gateway.page()).getPort();
            double echo = best(() -> line(port, "demo/echo", key, TEXT), 16);
            double one = best(() -> line(port, "nlp/single", key, TEXT), 16);
            double eight = MANY * best(() -> line(port, "nlp/single", key, TEXTS), 16);
            double adaptive16 = best(() -> line(port, "nlp/sentence-embedding", key, TEXT), 16);
            double adaptive32 = best(() -> line(port, "nlp/sentence-embedding", key, TEXT), 32);
            // What the gateway carries of an algorithm that costs nothing: no model can be faster.
            report.figure("echo_c16", echo, "calls/s", "");
            report.figure("http_batch1_c16", one, "texts/s", "");
            report.figure("http_batch8_c16", eight, "texts/s", "");
            report.figure("http_adaptive_c16", adaptive16, "texts/s", "");
            report.figure("http_adaptive_c32", adaptive32, "texts/s", "");
            report.figure("ratio_batch1", one / alone1, "", ">= 0.85");
            report.figure("ratio_batch8", eight / alone8, "", ">= 0.85");
            report.figure("adaptive_over_batch1", Math.max(adaptive16, adaptive32) / one, "", ">= 1.6");
        }
    }

    /** Exchanges a second, the best of three runs. */
    private static double best(Callable<Load.Line> lines, int threads) throws Exception {
        Load.closed(lines, threads, WARM_UP_SECONDS);
        double best = 0;
        for (int i = 0; i < RUNS; i++) {
            best = Math.max(best, Load.closed(lines, threads, RUN_SECONDS).perSecond());
        }
        return best;
    }

    private static Load.Line line(int port, String algorithm, String key, String json) throws Exception {
        Wire wire = new Wire(new Wire.Target(
                port,
                "/v1/algo/" + algorithm,
                "Authorization: " + key + "\r\n",
                json.getBytes(StandardCharsets.UTF_8)));
        return new Load.Line() {
            @Override
            public void exchange() throws Exception {
                wire.exchange();
            }

            @Override
            public void close() throws Exception {
                wire.close();
            }
        };
    }
}
