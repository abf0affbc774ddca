package io.algomat.bench;

import io.algomat.bench.Load.Line;
import io.algomat.bench.OverheadBench.Figures;
import io.algomat.billing.BareLedger;
import io.algomat.testing.PackagedGateway;
import java.net.URI;
import java.sql.Connection;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What charging costs: at the ledger alone, grouped against one transaction for each charge, and over all of HTTP,
 * charged against free. Settings of the database are those of production: fsync and synchronous commit.
 */
final class BillingBench implements Benchmark {
    private static final int ACCOUNTS = 64;
    private static final double WARM_UP_SECONDS = 3;
    private static final double RUN_SECONDS = 5;

    /** @param transactions the database's, for each charge */
    private record Rate(double perSecond, double transactions) {}

    private interface Charging {
        void charge(int account) throws Exception;
    }

    @Override
    public String name() {
        return "billing";
    }

    @Override
    public void run(Report report) throws Exception {
        atTheLedger(report);
        overHttp(report);
    }

    private static void atTheLedger(Report report) throws Exception {
        try (Scratch data = new Scratch();
                BareLedger ledger = new BareLedger(data.path(), ACCOUNTS)) {
            Rate alone = charges(ledger, ledger::alone, 64);
            Rate together = charges(ledger, ledger::together, 64);
            Rate many = charges(ledger, ledger::together, 256);
            report.figure("alone_c64_per_s", alone.perSecond(), "1/s", "");
            report.figure("together_c64_per_s", together.perSecond(), "1/s", "");
            report.figure("together_c256_per_s", many.perSecond(), "1/s", "");
            report.figure("rate_ratio_c64", together.perSecond() / alone.perSecond(), "", ">= 5");
            report.figure("tx_per_charge_c64", together.transactions(), "", "");
            report.figure("tx_per_charge_c256", many.transactions(), "", "");
            report.figure("ledger_differences", ledger.differences(), "", "0");
        }
    }

    private static Rate charges(BareLedger ledger, Charging charging, int threads) throws Exception {
        AtomicInteger next = new AtomicInteger();
        Callable<Line> lines = () -> {
            int account = next.getAndIncrement();
            return () -> charging.charge(account);
        };
        try (Connection database = ledger.database()) {
            return rate(database, lines, threads);
        }
    }

    private static Rate rate(Connection database, Callable<Line> lines, int threads) throws Exception {
        Load.closed(lines, threads, WARM_UP_SECONDS);
        long before = Commits.of(database);
        Load.Times times = Load.closed(lines, threads, RUN_SECONDS);
        double commits = Commits.of(database) - before;
        return new Rate(times.perSecond(), commits / times.nanos().length);
    }

    /** The echo for a price; compute is free, and nothing is limited. */
    private static String paid(String manifest) {
        return manifest.replace("demo/echo", "demo/paid_echo").replace("royalty: 0", "royalty: 0.01");
    }

    private static void overHttp(Report report) throws Exception {
        try (Scratch data = new Scratch();
                StagedSamples samples = new StagedSamples().add("demo-echo", "demo-paid-echo", BillingBench::paid);
                PackagedGateway gateway =
                        OpenGateway.start(data.path(), samples.path(), "-Dalgomat.billing.cpu-rate-per-ms=0")) {
            String key = OpenGateway.guestKey(gateway);
            int port = URI.create(gateway.page()).getPort();
            Callable<Line> paid = () -> OverheadBench.wire(port, "/v1/algo/demo/paid_echo", key);
            Figures free = OverheadBench.measure(() -> OverheadBench.wire(port, "/v1/algo/demo/echo", key), true);
            Figures charged = OverheadBench.measure(paid, true);
            double loss = 100 * (1 - charged.c16PerSecond() / free.c16PerSecond());
            report.figure("free_c16_rps", free.c16PerSecond(), "1/s", "");
            report.figure("charged_c16_rps", charged.c16PerSecond(), "1/s", "");
            report.figure("throughput_loss_pct", loss, "%", "<= 15");
            report.figure("added_p50_ms", charged.p50() - free.p50(), "ms", "<= 1");
            report.figure("added_p99_ms", charged.p99() - free.p99(), "ms", "<= 4");
            try (Connection database = gateway.database()) {
                Rate c64 = rate(database, paid, 64);
                Rate c256 = rate(database, paid, 256);
                report.figure("charged_c64_rps", c64.perSecond(), "1/s", "");
                report.figure("charged_c256_rps", c256.perSecond(), "1/s", "");
                // All that the gateway does beside it counts too: the log of calls, the heartbeat of its listener.
                report.figure("tx_per_call_c64", c64.transactions(), "", "<= 0.04");
                report.figure("tx_per_call_c256", c256.transactions(), "", "<= 0.02");
            }
        }
    }
}
