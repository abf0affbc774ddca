package io.algomat.web.accounts;

import io.algomat.accounts.AuditLog;
import io.algomat.web.Format;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What of the audit log is asked for, as it was typed.
 *
 * @param from the first day, in UTC, or empty
 * @param through the last day, or empty
 */
record AuditForm(String act, String query, String from, String through) {
    AuditLog.Filter filter() {
        return new AuditLog.Filter(
                act,
                query,
                day(from).map(AuditForm::begin).orElse(null),
                day(through).map(last -> begin(last.plusDays(1))).orElse(null));
    }

    /** Null when the day can be read; it narrows nothing when it cannot. */
    public @Nullable String error(String day) {
        return day.isBlank() || day(day).isPresent()
                ? null
                : "'" + day + "' is no day: expected one such as 2027-01-31";
    }

    public boolean empty() {
        return act.isEmpty() && query.isBlank() && from.isBlank() && through.isBlank();
    }

    /** The address of the same as a file. */
    public String csv() {
        return "/admin/audit/audit.csv?act=" + Format.inUrl(act) + "&q=" + Format.inUrl(query) + "&from="
                + Format.inUrl(from) + "&through=" + Format.inUrl(through);
    }

    private static Instant begin(LocalDate day) {
        return day.atStartOfDay().toInstant(ZoneOffset.UTC);
    }

    private static Optional<LocalDate> day(String text) {
        try {
            return text.isBlank() ? Optional.empty() : Optional.of(LocalDate.parse(text.strip()));
        } catch (DateTimeParseException _) {
            return Optional.empty();
        }
    }
}
