package io.algomat.catalog;

import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Three numbers, compared as numbers. Pre-releases do not exist here: a private version takes their place. */
public record VersionNumber(int major, int minor, int patch) implements Comparable<VersionNumber> {
    private static final Pattern EXACT = Pattern.compile("(\\d{1,9})\\.(\\d{1,9})\\.(\\d{1,9})");
    private static final Comparator<VersionNumber> ORDER = Comparator.comparingInt(VersionNumber::major)
            .thenComparingInt(VersionNumber::minor)
            .thenComparingInt(VersionNumber::patch);
    /** What the first publication counts from. */
    static final VersionNumber NONE = new VersionNumber(0, 0, 0);

    /** @throws IllegalArgumentException when it is not three numbers with dots */
    public static VersionNumber parse(String text) {
        Matcher matcher = EXACT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("'" + text + "' is no version: expected three numbers such as 1.2.3");
        }
        return new VersionNumber(
                Integer.parseInt(matcher.group(1)),
                Integer.parseInt(matcher.group(2)),
                Integer.parseInt(matcher.group(3)));
    }

    public VersionNumber next(Step step) {
        return switch (step) {
            case MAJOR -> new VersionNumber(Math.addExact(major, 1), 0, 0);
            case MINOR -> new VersionNumber(major, Math.addExact(minor, 1), 0);
            case REVISION -> new VersionNumber(major, minor, Math.addExact(patch, 1));
        };
    }

    @Override
    public int compareTo(VersionNumber other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return major + "." + minor + "." + patch;
    }
}
