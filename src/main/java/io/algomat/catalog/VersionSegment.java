package io.algomat.catalog;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The version part of an address, as Algorithmia's clients write it. */
sealed interface VersionSegment {
    /** The newest public version, or the newest public one with these leading numbers. */
    record Newest(@Nullable Integer major, @Nullable Integer minor) implements VersionSegment {
        boolean covers(VersionNumber number) {
            return (major == null || major == number.major()) && (minor == null || minor == number.minor());
        }
    }

    /** Exactly this version; the one way, with {@link NewestPrivate}, that reaches private versions. */
    record Exact(VersionNumber number) implements VersionSegment {}

    /** The newest private version, for the owner's members. */
    record NewestPrivate() implements VersionSegment {}

    /** Nine digits at most, so that a number fits; ASCII only. A star stands for everything that is left open. */
    Pattern PARTS =
            Pattern.compile("([0-9]{1,9})(?:\\.(?:([0-9]{1,9})(?:\\.(?:([0-9]{1,9})|[*x]))?|[*x](?:\\.[*x])?))?");

    /** Empty for what is no version at all, such as a commit's hash. */
    static Optional<VersionSegment> parse(@Nullable String segment) {
        if (segment == null || segment.isEmpty() || segment.equalsIgnoreCase("latest")) {
            return Optional.of(new Newest(null, null));
        }
        if (segment.equalsIgnoreCase("latestPrivate")) {
            return Optional.of(new NewestPrivate());
        }
        Matcher matcher = PARTS.matcher(segment);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int major = Integer.parseInt(matcher.group(1));
        Integer minor = number(matcher.group(2));
        Integer patch = number(matcher.group(3));
        return Optional.of(
                minor != null && patch != null
                        ? new Exact(new VersionNumber(major, minor, patch))
                        : new Newest(major, minor));
    }

    private static @Nullable Integer number(@Nullable String digits) {
        return digits == null ? null : Integer.valueOf(digits);
    }
}
