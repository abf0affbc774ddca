package io.algomat.billing;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** Whole days (UTC), both ends included. */
public record Period(LocalDate from, LocalDate through) {
    public Period {
        if (through.isBefore(from)) {
            throw new IllegalArgumentException("A period cannot end on " + through + " and begin on " + from);
        }
    }

    public Instant start() {
        return from.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    /** The first moment that is no longer part of it. */
    public Instant end() {
        return through.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
