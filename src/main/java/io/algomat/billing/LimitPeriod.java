package io.algomat.billing;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Over what time a limit counts. Days and months are those of UTC, as the database counts them. */
public enum LimitPeriod {
    DAY,
    MONTH,
    TOTAL;

    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<LimitPeriod> of(String wire) {
        return Arrays.stream(values())
                .filter(period -> period.wire().equals(wire))
                .findFirst();
    }

    /** Such as {@code a day}, as in: five credits a day. */
    public String words() {
        return switch (this) {
            case DAY -> "a day";
            case MONTH -> "a month";
            case TOTAL -> "in total";
        };
    }

    LocalDate start(Instant at) {
        LocalDate day = at.atZone(ZoneOffset.UTC).toLocalDate();
        return switch (this) {
            case DAY -> day;
            case MONTH -> day.withDayOfMonth(1);
            case TOTAL -> LocalDate.EPOCH;
        };
    }

    /** When counting begins anew, or null for never. */
    @Nullable
    Instant resets(Instant at) {
        LocalDate start = start(at);
        return switch (this) {
            case DAY -> start.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
            case MONTH -> start.plusMonths(1).atStartOfDay(ZoneOffset.UTC).toInstant();
            case TOTAL -> null;
        };
    }
}
