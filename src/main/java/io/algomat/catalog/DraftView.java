package io.algomat.catalog;

import io.algomat.platform.Payload;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An uploaded bundle on its way to a version, as its owner's members see it.
 *
 * @param bundleBytes the size of the zip
 * @param samples as far as they have been run, in the manifest's order
 * @param publishedVersion the version that it became, or null
 */
public record DraftView(
        String id,
        long ownerId,
        State state,
        Manifest manifest,
        long bundleBytes,
        Instant createdAt,
        Instant expiresAt,
        List<LogLine> log,
        List<SampleRun> samples,
        @Nullable String publishedVersion) {

    /** Received → testing → ready or failed; ready → published. */
    public enum State {
        RECEIVED,
        TESTING,
        READY,
        FAILED,
        PUBLISHED;

        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }

        static State of(String wire) {
            return valueOf(wire.toUpperCase(Locale.ROOT));
        }
    }

    /** How a line of the build log is meant. */
    public enum Level {
        INFO,
        GOOD,
        BAD;

        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A line of the build log; later lines have greater numbers. */
    public record LogLine(long number, Instant at, Level level, String text) {}

    /**
     * What a sample answered.
     *
     * @param message why it did not pass; empty when it did
     * @param log what the run wrote to stdout and stderr
     * @param stacktrace where it failed; empty when it did not, or is not known
     */
    public record SampleRun(
            int position,
            String name,
            boolean passed,
            String message,
            Payload output,
            double computeMs,
            String log,
            String stacktrace) {}

    /** Whether its test still goes on, so that a page has to look again. */
    public boolean underway() {
        return state == State.RECEIVED || state == State.TESTING;
    }

    /**
     * Whether it can be called before it is published: its build came to an end, though its answers may not be what was
     * expected.
     */
    public boolean runnable() {
        return state == State.READY || state == State.FAILED && !samples.isEmpty();
    }

    /** The median of what the samples took, as the catalogue counts it; 0 while none has run. */
    public double medianMs() {
        double[] times =
                samples.stream().mapToDouble(SampleRun::computeMs).sorted().toArray();
        return times.length == 0 ? 0 : (times[(times.length - 1) / 2] + times[times.length / 2]) / 2;
    }
}
