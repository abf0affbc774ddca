package io.algomat.web;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.algomat.platform.ErrorCode;
import io.algomat.platform.Problem;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A problem as a reader gets it: RFC 9457's members, the wrong fields, what the problem adds of its own.
 *
 * @param incident names what happened in the log, for failures of ours; null for all else
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ProblemView(
        String type,
        String title,
        int status,
        String detail,
        List<Problem.FieldError> errors,
        @Nullable String incident,
        @JsonIgnore String slug,
        @JsonIgnore Map<String, Object> extra) {

    static ProblemView of(Problem problem) {
        return view(problem.code(), problem.detail(), problem.errors(), null, problem.extra());
    }

    static ProblemView of(ErrorCode code, String detail) {
        return view(code, detail, List.of(), null, Map.of());
    }

    static ProblemView incident(String incident) {
        return view(
                ErrorCode.INTERNAL,
                "Something went wrong on our side. It was written down; nothing was charged.",
                List.of(),
                incident,
                Map.of());
    }

    private static ProblemView view(
            ErrorCode code,
            String detail,
            List<Problem.FieldError> errors,
            @Nullable String incident,
            Map<String, Object> extra) {
        String type = "/problems/" + code.slug();
        return new ProblemView(type, code.title(), code.status(), detail, errors, incident, code.slug(), extra);
    }

    @JsonAnyGetter
    public Map<String, Object> members() {
        return extra;
    }
}
