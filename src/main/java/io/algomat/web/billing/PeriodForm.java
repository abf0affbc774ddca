package io.algomat.web.billing;

import io.algomat.platform.Problem;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.QueryParam;
import java.time.LocalDate;
import java.util.Map;
import java.util.stream.Collectors;

/** The period picker of every report, as it comes in. */
public class PeriodForm {
    @QueryParam("period")
    @DefaultValue("")
    String period = "";

    @QueryParam("from")
    @DefaultValue("")
    String from = "";

    @QueryParam("through")
    @DefaultValue("")
    String through = "";

    /** @param errors by field; then the choice is the one that is shown for want of a better */
    record Read(PeriodChoice choice, Map<String, String> errors) {
        int status() {
            return errors.isEmpty() ? 200 : 422;
        }
    }

    /** For pages: a period that makes no sense shows the month, with the error beside the field. */
    Read orMonth(LocalDate today) {
        try {
            return new Read(choice(today), Map.of());
        } catch (Problem invalid) {
            Map<String, String> errors = invalid.errors().stream()
                    .collect(Collectors.toMap(
                            Problem.FieldError::where, Problem.FieldError::message, (first, second) -> first));
            return new Read(PeriodChoice.of(Preset.MONTH, today), errors);
        }
    }

    /** @throws Problem invalid, naming the field */
    PeriodChoice choice(LocalDate today) {
        return PeriodChoice.read(period, from, through, today);
    }
}
