package io.algomat.runner.protocol;

import java.util.UUID;
import java.util.regex.Pattern;

/**
 * METRIC: how much of something a call has done, beside what it reported before.
 *
 * @param name in small letters, digits and underscores, such as {@code pages}
 * @param value a finite number from 0 up
 */
public record Metric(String name, double value) {
    /** Different names that one call may report. */
    public static final int MOST_NAMES = 16;

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,39}");

    /** @throws IllegalArgumentException saying what was expected */
    public Metric {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "a metric's name has a small letter first, then small letters, digits and underscores, at most 40;"
                            + " expected one such as pages");
        }
        if (!(value >= 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException("the metric " + name + " is " + value + "; expected a number from 0 up");
        }
    }

    public Frame frame(UUID callId) {
        byte[] body = new BodyWriter()
                .string(name)
                .u64(Double.doubleToLongBits(value))
                .bytes();
        return new Frame(FrameType.METRIC, false, Kind.VOID, callId, body);
    }

    public static Metric of(Frame frame) throws ProtocolException {
        BodyReader in = new BodyReader(frame.type(), frame.body());
        String name = in.string();
        double value = Double.longBitsToDouble(in.u64());
        in.end();
        try {
            return new Metric(name, value);
        } catch (IllegalArgumentException e) {
            throw new ProtocolException(String.valueOf(e.getMessage()));
        }
    }
}
