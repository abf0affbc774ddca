package io.algomat.bench;

import java.math.BigDecimal;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What the client itself saw of its calls; the gateway's word for it is what is on trial. */
final class CallRecords {
    private static final BigDecimal MICROS = BigDecimal.valueOf(1_000_000);

    /**
     * @param callId empty when the answer named none
     * @param costMicros in micro-credits, as the answer said; 0 when it said nothing
     */
    record CallRecord(long sentNanos, long endedNanos, boolean succeeded, String callId, long costMicros) {
        /** How many of these moments fell into the call's time: an upper bound of the kills that hit it. */
        long hits(List<Long> moments) {
            return moments.stream()
                    .filter(moment -> sentNanos - moment <= 0 && moment - endedNanos <= 0)
                    .count();
        }
    }

    private final Queue<CallRecord> records = new ConcurrentLinkedQueue<>();

    void add(long sentNanos, Wire.Answer answer) {
        String cost = answer.headers().getOrDefault("x-algomat-cost", "0");
        records.add(new CallRecord(
                sentNanos,
                System.nanoTime(),
                answer.status() == 200 && !answer.text().contains("\"error\""),
                answer.headers().getOrDefault("x-algomat-call-id", ""),
                new BigDecimal(cost).multiply(MICROS).longValueExact()));
    }

    List<CallRecord> all() {
        return List.copyOf(records);
    }
}
