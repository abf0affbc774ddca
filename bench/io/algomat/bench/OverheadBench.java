package io.algomat.bench;

import io.algomat.bench.Load.Line;
import io.algomat.bench.Load.Times;
import io.algomat.testing.PackagedGateway;
import io.algomat.workers.WorkerRoundTrip;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * What Algomat adds to an algorithm: the same echo in process, through a worker, and through all of HTTP with an API key;
 * beside them the floor, an echo of the HTTP stack alone.
 */
final class OverheadBench implements Benchmark {
    private static final byte[] BODY =
            "{\"text\":\"a line of ordinary length\",\"n\":7}".getBytes(StandardCharsets.UTF_8);
    private static final int RUNS = 3;
    /** With {@link #WARM_UP_CALLERS}, until the compiler has seen enough calls: one that has not is half as fast again. */
    private static final double WARM_UP_SECONDS = 12;

    private static final int WARM_UP_CALLERS = 8;
    private static final double RUN_SECONDS = 2.5;
    /** Enough that an open loop is never short of a connection at the rates of one closed one. */
    private static final int OPEN_CONNECTIONS = 4;

    /** Quantiles of the open loop at half of the closed loop's rate, and the most calls a second from 16 at once. */
    record Figures(double p50, double p99, double c16PerSecond) {}

    @Override
    public String name() {
        return "overhead";
    }

    @Override
    public void run(Report report) throws Exception {
        double inProcess = inProcess();
        report.figure("in_process_p50_ms", inProcess, "ms", "");
        report.figure("worker_p50_ms", throughWorker(), "ms", "");
        Figures floor = floor();
        report.figure("floor_p50_ms", floor.p50(), "ms", "");
        report.figure("floor_p99_ms", floor.p99(), "ms", "");
        report.figure("floor_c16_rps", floor.c16PerSecond(), "1/s", "");
        try (Scratch data = new Scratch();
                StagedSamples samples = new StagedSamples();
                PackagedGateway gateway =
                        OpenGateway.start(data.path(), samples.path(), "-Dalgomat.billing.cpu-rate-per-ms=0")) {
            String key = OpenGateway.guestKey(gateway);
            int port = URI.create(gateway.page()).getPort();
            Figures free = measure(() -> wire(port, "/v1/algo/demo/echo", key), true);
            report.figure("added_p50_ms", free.p50() - inProcess, "ms", "<= 0.5");
            report.figure("added_p99_ms", free.p99() - inProcess, "ms", atMost(floor.p99() + 2));
            report.figure("http_c16_rps", free.c16PerSecond(), "1/s", "");
        }
    }

    /** The median of an echo's own work, in milliseconds; too short for a loop of callers, whose clock would be most of it. */
    private static double inProcess() {
        long[] nanos = new long[100_000];
        long echoed = 0;
        for (int i = 0; i < nanos.length; i++) {
            long began = System.nanoTime();
            echoed += BODY.clone().length;
            nanos[i] = System.nanoTime() - began;
        }
        if (echoed != (long) nanos.length * BODY.length) {
            throw new IllegalStateException("The echo in process lost bytes");
        }
        Arrays.sort(nanos);
        return nanos[nanos.length / 2] / 1e6;
    }

    private static double throughWorker() throws Exception {
        try (Scratch data = new Scratch();
                WorkerRoundTrip worker = new WorkerRoundTrip(data.path())) {
            return measure(() -> () -> worker.exchange(BODY), false).p50();
        }
    }

    private static Figures floor() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        Process server = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        FloorServer.class.getName(),
                        String.valueOf(port))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            server.inputReader(StandardCharsets.UTF_8).readLine();
            return measure(() -> wire(port, "/", ""), true);
        } finally {
            server.destroy();
        }
    }

    static Figures measure(Callable<Line> lines, boolean manyAtOnce) throws Exception {
        Load.closed(lines, WARM_UP_CALLERS, WARM_UP_SECONDS);
        double rate = Load.closed(lines, 1, RUN_SECONDS).perSecond();
        Times[] open = new Times[RUNS];
        double[] c16 = new double[RUNS];
        for (int i = 0; i < RUNS; i++) {
            open[i] = Load.open(lines, OPEN_CONNECTIONS, rate / 2, RUN_SECONDS);
            c16[i] = manyAtOnce ? Load.closed(lines, 16, RUN_SECONDS).perSecond() : 0;
        }
        return new Figures(
                best(open, times -> times.millis(0.50)),
                best(open, times -> times.millis(0.99)),
                DoubleStream.of(c16).max().orElse(0));
    }

    private static double best(Times[] runs, ToDoubleFunction<Times> quantile) {
        return Stream.of(runs).mapToDouble(quantile).min().orElse(Double.NaN);
    }

    static Line wire(int port, String path, String key) throws IOException {
        String header = key.isEmpty() ? "" : "Authorization: " + key + "\r\n";
        return new Wire(new Wire.Target(port, path, header, BODY));
    }

    private static String atMost(double value) {
        return String.format(Locale.ROOT, "<= %.3f", value);
    }
}
