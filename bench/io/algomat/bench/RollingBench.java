package io.algomat.bench;

import io.algomat.testing.Haproxy;
import io.algomat.testing.PackagedGateway;
import io.algomat.testing.TwoGateways;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Two gateways behind HAProxy are restarted in turn, ten times in all, at 60 % of what both can carry on this machine. Every
 * call costs something, and is sent once: whatever is not answered with a success has failed.
 */
final class RollingBench implements Benchmark {
    /** {@code -Drestarts=2} for a short look. */
    private static final int RESTARTS = Integer.getInteger("restarts", 10);

    private static final double LOAD = 0.6;
    private static final int CONNECTIONS = 32;
    private static final double WARM_UP_SECONDS = 10;
    private static final double PART_SECONDS = 5;
    private static final byte[] BODY = "\"a line of ordinary length\"".getBytes(StandardCharsets.UTF_8);

    private final AtomicLong calls = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();

    @Override
    public String name() {
        return "rolling";
    }

    @Override
    public boolean onlyByName() {
        return true;
    }

    @Override
    public void run(Report report) throws Exception {
        try (Scratch data = new Scratch();
                TwoGateways gateways = new TwoGateways(data.path(), "-Dalgomat.trusted-proxies=127.0.0.1");
                Haproxy proxy = new Haproxy(List.of(gateways.first(), gateways.second()))) {
            proxy.untilServing("gateway-1");
            proxy.untilServing("gateway-2");
            Wire.Target target = new Wire.Target(
                    proxy.port(),
                    "/v1/algo/demo/paid_echo",
                    "Authorization: " + gateways.guestKey() + "\r\n",
                    BODY);
            Load.closed(() -> new Wire(target), CONNECTIONS, WARM_UP_SECONDS);
            double rate = LOAD
                    * Load.closed(() -> new Wire(target), CONNECTIONS, WARM_UP_SECONDS).perSecond();
            AtomicBoolean done = new AtomicBoolean();
            List<Load.Times> parts = new ArrayList<>();
            List<Double> restarts = new ArrayList<>();
            try (ExecutorService load = Executors.newSingleThreadExecutor()) {
                Future<?> running = load.submit(() -> {
                    while (!done.get()) {
                        parts.add(Load.open(() -> new Line(target), CONNECTIONS, rate, PART_SECONDS));
                    }
                    return null;
                });
                try {
                    for (int i = 0; i < RESTARTS; i++) {
                        restarts.add(restart(gateways, proxy, i % 2 == 0));
                    }
                } finally {
                    done.set(true);
                }
                running.get();
            }
            report.figure("failed_calls", failed.get(), "calls", "0");
            report.figure("calls", calls.get(), "calls", "");
            report.figure("restarts", restarts.size(), "gateways", "");
            report.figure("rate", rate, "1/s", "");
            report.figure(
                    "restart_s_max",
                    restarts.stream().mapToDouble(Double::doubleValue).max().orElseThrow(),
                    "s",
                    "");
            // Of stretches of five seconds: how bad the worst one was, and an ordinary one.
            double[] p99 =
                    parts.stream().mapToDouble(part -> part.millis(0.99)).sorted().toArray();
            report.figure("p99_ms_median", p99[p99.length / 2], "ms", "");
            report.figure("p99_ms_worst", p99[p99.length - 1], "ms", "");
        }
    }

    /** @return seconds from the signal until the proxy gives it calls again */
    private static double restart(TwoGateways gateways, Haproxy proxy, boolean first) throws Exception {
        long began = System.nanoTime();
        PackagedGateway gateway = first ? gateways.first() : gateways.second();
        gateway.stop();
        if (first) {
            gateways.restartFirst();
        } else {
            gateways.restartSecond();
        }
        proxy.untilServing(first ? "gateway-1" : "gateway-2");
        return (System.nanoTime() - began) / 1e9;
    }

    /** A connection to the proxy; after a failure, the next call has a new one. */
    private final class Line implements Load.Line {
        private final Wire.Target target;
        private Wire wire;

        Line(Wire.Target target) throws IOException {
            this.target = target;
            this.wire = new Wire(target);
        }

        @Override
        public void exchange() throws IOException {
            calls.incrementAndGet();
            try {
                wire.exchange();
            } catch (IOException e) {
                failed.incrementAndGet();
                System.err.println("failed: " + e.getMessage());
                wire.close();
                wire = new Wire(target);
            }
        }

        @Override
        public void close() throws IOException {
            wire.close();
        }
    }
}
