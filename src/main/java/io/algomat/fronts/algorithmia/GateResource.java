package io.algomat.fronts.algorithmia;

import io.algomat.calls.ReadInput;
import io.algomat.platform.ErrorCode;
import io.algomat.platform.Problem;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.core.Response;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Stands before everything under {@code /v1}: turns away what no client of Algorithmia's would send, in Algorithmia's
 * words, before a byte of a body is read and before the pages' form handling could see it.
 */
@ApplicationScoped
class GateResource {
    private static final int EARLY = 100;
    private static final String ROUTES = "this site serves POST /v1/algo/OWNER/NAME[/VERSION]";

    private final ReadInput input;

    GateResource(ReadInput input) {
        this.input = input;
    }

    void register(@Observes Filters filters) {
        filters.register(this::pass, EARLY);
    }

    private void pass(RoutingContext http) {
        String path = http.normalizedPath();
        if (!path.startsWith("/v1/") && !path.equals("/v1")) {
            http.next();
            return;
        }
        try {
            check(http.request(), path);
            http.next();
        } catch (Problem problem) {
            refuse(http, problem);
        }
    }

    private void check(HttpServerRequest request, String path) {
        if (!path.startsWith("/v1/algo/")) {
            throw Problem.of(ErrorCode.NOT_FOUND, "There is no " + request.method() + " " + path + "; " + ROUTES);
        }
        if (!request.method().equals(HttpMethod.POST)) {
            throw Problem.of(ErrorCode.METHOD_NOT_ALLOWED, request.method() + " is not a call; " + ROUTES);
        }
        if (isForm(request.getHeader("Content-Type"))) {
            throw Problem.of(
                    ErrorCode.UNSUPPORTED_TYPE,
                    "A form is no input (curl sends one unless it is given -H 'Content-Type: …'); expected text/plain,"
                            + " application/json or application/octet-stream");
        }
        String length = request.getHeader("Content-Length");
        if (length != null && length.matches("[0-9]{1,18}")) {
            input.announced(Long.parseLong(length));
        }
    }

    private static boolean isForm(@Nullable String contentType) {
        String type = contentType == null ? "" : contentType.toLowerCase(Locale.ROOT);
        return type.startsWith("application/x-www-form-urlencoded") || type.startsWith("multipart/");
    }

    private static void refuse(RoutingContext http, Problem problem) {
        Response answer = AlgoAnswer.of(problem);
        answer.getStringHeaders().forEach((name, values) -> http.response().putHeader(name, values));
        if (problem.code() == ErrorCode.METHOD_NOT_ALLOWED) {
            http.response().putHeader("Allow", "POST");
        }
        http.response().setStatusCode(answer.getStatus()).end(Buffer.buffer(AnswerBody.problem(problem)));
        // The body is thrown away as it comes: a client that is cut off while it writes never reads the answer.
        http.request().resume();
    }
}
