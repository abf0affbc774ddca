package io.algomat.bench;

import io.algomat.bench.CallRecords.CallRecord;
import io.algomat.testing.PackagedGateway;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A worker is killed every second for two minutes, at half of the load that the gateway can carry; then what the client
 * saw is held against the ledger. Every call is retry-safe and costs something.
 */
final class ChaosBench implements Benchmark {
    private static final String ALGORITHM = "/v1/algo/nlp/sentence-embedding";
    private static final int CONNECTIONS = 32;
    private static final double WARM_UP_SECONDS = 5;
    private static final double CHAOS_SECONDS = 120;
    /** The victims are the same in every run. */
    private static final long SEED = 20_261;

    private final AtomicLong number = new AtomicLong();

    @Override
    public String name() {
        return "chaos";
    }

    @Override
    public void run(Report report) throws Exception {
        try (Scratch data = new Scratch();
                StagedSamples samples =
                        new StagedSamples().add("nlp-sentence-embedding", "nlp-sentence-embedding", manifest -> manifest);
                PackagedGateway gateway = OpenGateway.start(data.path(), samples.path())) {
            String key = OpenGateway.guestKey(gateway);
            Wire.Target target = new Wire.Target(
                    URI.create(gateway.page()).getPort(), ALGORITHM, "Authorization: " + key + "\r\n", new byte[0]);
            double rate = Load.closed(() -> new Line(target, new CallRecords()), 8, WARM_UP_SECONDS)
                            .perSecond()
                    / 2;
            Ledger ledger = new Ledger(gateway);
            long before = ledger.spent();
            CallRecords records = new CallRecords();
            List<Long> kills = new CopyOnWriteArrayList<>();
            Load.Times times;
            try (ScheduledExecutorService killer = Executors.newSingleThreadScheduledExecutor()) {
                Victims victims = new Victims(gateway.pid(), new Random(SEED));
                killer.scheduleAtFixedRate(() -> victims.kill(kills), 1, 1, TimeUnit.SECONDS);
                times = Load.open(() -> new Line(target, records), CONNECTIONS, rate, CHAOS_SECONDS);
                killer.shutdownNow();
            }
            figures(report, records.all(), kills, ledger, ledger.spent() - before);
            report.figure("calls", records.all().size(), "calls", "");
            report.figure("kills", kills.size(), "workers", "");
            report.figure("rate", rate, "1/s", "");
            report.figure("p50_ms", times.millis(0.50), "ms", "");
            report.figure("p99_ms", times.millis(0.99), "ms", "");
        }
    }

    private static void figures(
            Report report, List<CallRecord> calls, List<Long> kills, Ledger ledger, long spentMicros) throws Exception {
        long lost = calls.stream()
                .filter(call -> !call.succeeded() && call.hits(kills) < 2)
                .count();
        long told = calls.stream().mapToLong(CallRecord::costMicros).sum();
        List<String> free = new ArrayList<>();
        long doubled = 0;
        for (CallRecord call : calls) {
            long charged = ledger.charged(call.callId());
            if (call.succeeded() && charged > call.costMicros()) {
                doubled++;
            } else if (!call.succeeded() && charged > 0) {
                free.add(call.callId());
            }
        }
        report.figure("lost_retry_safe", lost, "calls", "0");
        report.figure("double_charged", doubled, "calls", "0");
        report.figure("charged_without_result", free.size() + ledger.unknownTo(calls), "calls", "0");
        // What left the account is what the answers said, to the micro-credit: nothing was charged under another id.
        report.figure("spent_beyond_answers", (spentMicros - told) / 1e6, "credits", "0");
        report.figure("failed", calls.stream().filter(call -> !call.succeeded()).count(), "calls", "");
    }

    /** Each call has an input of its own: one that two workers died with is kept out for a while. */
    private final class Line implements Load.Line {
        private final Wire wire;
        private final CallRecords records;

        Line(Wire.Target target, CallRecords records) throws java.io.IOException {
            this.wire = new Wire(target);
            this.records = records;
        }

        @Override
        public void exchange() throws Exception {
            byte[] body = ("\"a sentence of ordinary length, number " + number.incrementAndGet() + "\"")
                    .getBytes(StandardCharsets.UTF_8);
            long sent = System.nanoTime();
            records.add(sent, wire.answer(body));
        }

        @Override
        public void close() throws Exception {
            wire.close();
        }
    }
}
