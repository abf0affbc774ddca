package io.algomat.bench;

import io.algomat.billing.ChargedYear;
import io.algomat.billing.Dimension;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;

/**
 * What reports take where ten million calls were charged in a year. Loading them takes much longer than asking; fewer are
 * loaded with {@code -Dcharges=1000000}. The best of five, since the rest is other people's work on the machine.
 */
final class ReportsBench implements Benchmark {
    private static final int CHARGES = Integer.getInteger("charges", 10_000_000);
    private static final int TRIES = 5;

    private interface Asking {
        void ask() throws Exception;
    }

    @Override
    public String name() {
        return "reports";
    }

    /** Alone it loads for many minutes, which nobody wants who runs all. */
    @Override
    public boolean onlyByName() {
        return true;
    }

    @Override
    public void run(Report report) throws Exception {
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        try (Scratch data = new Scratch();
                ChargedYear year = new ChargedYear(data.path(), today)) {
            long began = System.nanoTime();
            year.load(CHARGES, day -> {
                if (day % 30 == 0) {
                    System.err.printf("# day %d of %d%n", day, ChargedYear.DAYS);
                }
            });
            report.figure("load_s", (System.nanoTime() - began) / 1e9, "s", "");
            report.figure("charges", CHARGES, "", "");
            report.figure("roll_ups_mb", year.bytesOfRollUps() / 1e6, "MB", "");
            report.figure("year_report_ms", best(() -> year.siteReport(Dimension.ALGORITHM)), "ms", "<= 1000");
            report.figure("year_report_by_caller_ms", best(() -> year.siteReport(Dimension.CALLER)), "ms", "<= 1000");
            report.figure("year_report_by_key_ms", best(() -> year.siteReport(Dimension.KEY)), "ms", "<= 1000");
            report.figure("year_of_a_caller_ms", best(year::callerReport), "ms", "<= 1000");
            report.figure("year_of_a_publisher_ms", best(year::publisherReport), "ms", "<= 1000");
            report.figure("without_roll_ups_ms", millis(year::withoutRollUps), "ms", "");
            began = System.nanoTime();
            long read = year.everyCharge();
            report.figure("charges_read_per_s", read / ((System.nanoTime() - began) / 1e9), "1/s", "");
            began = System.nanoTime();
            report.figure("ledger_differences", year.differences(), "", "0");
            report.figure("verify_s", (System.nanoTime() - began) / 1e9, "s", "");
        }
    }

    private static double best(Asking asking) throws Exception {
        double[] times = new double[TRIES];
        for (int i = 0; i < TRIES; i++) {
            times[i] = millis(asking);
        }
        return Arrays.stream(times).min().orElseThrow();
    }

    private static double millis(Asking asking) throws Exception {
        long began = System.nanoTime();
        asking.ask();
        return (System.nanoTime() - began) / 1e6;
    }
}
