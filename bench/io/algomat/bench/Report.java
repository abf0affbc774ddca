package io.algomat.bench;

import io.algomat.platform.start.Machine;
import java.io.PrintStream;
import java.util.Locale;

/** Prints the figures: the machine first, then a line of JSON for each. */
final class Report {
    private final PrintStream out;
    private final String bench;

    Report(PrintStream out, String bench) {
        this.out = out;
        this.bench = bench;
        Machine machine = Machine.look();
        out.printf(
                Locale.ROOT,
                "# %s: %s, %s, Java %s, %s %s%n",
                bench,
                machine.processor(),
                machine.devices(),
                Runtime.version(),
                System.getProperty("os.name"),
                System.getProperty("os.version"));
    }

    /** @param target what design section 10 sets, such as {@code "<= 0.5"}, or empty for what is only told */
    void figure(String name, double value, String unit, String target) {
        out.printf(
                Locale.ROOT,
                "{\"bench\":\"%s\",\"figure\":\"%s\",\"value\":%.3f,\"unit\":\"%s\",\"target\":\"%s\"}%n",
                bench,
                name,
                value,
                unit,
                target);
        out.flush();
    }
}
