package io.algomat.platform.start;

import java.io.PrintStream;

/** What the person at the terminal reads. Logs go to the data folder; here stand only lines that are meant for them. */
public final class Console {
    private final PrintStream out;
    private final PrintStream errors;

    public Console(PrintStream out, PrintStream errors) {
        this.out = out;
        this.errors = errors;
    }

    public void ok(String subject, String text) {
        out.println(check("OK", subject, text));
    }

    public void warn(String subject, String text) {
        out.println(check("WARN", subject, text));
    }

    public void fail(String subject, String text) {
        errors.println(check("FAIL", subject, text));
    }

    /** For what prints lines of its own. */
    public PrintStream out() {
        return out;
    }

    public void line(String text) {
        out.println(text);
    }

    public void error(String text) {
        errors.println(text);
    }

    private static String check(String level, String subject, String text) {
        return "  %-5s %-11s %s".formatted(level, subject, text);
    }
}
