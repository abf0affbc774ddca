package io.algomat.web;

import io.algomat.platform.ErrorCode;
import io.algomat.platform.Ids;
import io.algomat.platform.Problem;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import jakarta.inject.Singleton;
import jakarta.validation.ConstraintViolationException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Every failure as its reader can take it: a problem document for programs and htmx, a page for people. */
@Singleton
public class ProblemMapper {
    private static final Logger LOG = Logger.getLogger(ProblemMapper.class);
    private static final Map<Integer, ErrorCode> BY_STATUS = Map.of(
            400, ErrorCode.BAD_REQUEST,
            401, ErrorCode.UNAUTHORIZED,
            403, ErrorCode.FORBIDDEN,
            404, ErrorCode.NOT_FOUND,
            405, ErrorCode.METHOD_NOT_ALLOWED,
            413, ErrorCode.TOO_LARGE,
            415, ErrorCode.UNSUPPORTED_TYPE);

    @CheckedTemplate
    static class Templates {
        static native TemplateInstance problem(ProblemView shown);

        private Templates() {}
    }

    private final Audience audience;

    ProblemMapper(Audience audience) {
        this.audience = audience;
    }

    @ServerExceptionMapper
    Response refused(Problem problem) {
        if (problem.code() == ErrorCode.UNAUTHORIZED && audience.isReadingPage()) {
            return signIn();
        }
        if (problem.code() == ErrorCode.UNAUTHORIZED && audience.pageOfPart() != null) {
            return signInInstead(problem, audience.pageOfPart());
        }
        if (problem.code().status() >= 500) {
            LOG.warnf("%s %s: %s", audience.method(), audience.path(), problem.getMessage());
        }
        Response.ResponseBuilder answer = answer(ProblemView.of(problem));
        if (problem.retryAfter() != null) {
            long seconds = Math.max(1, problem.retryAfter().plusMillis(999).toSeconds());
            answer.header(HttpHeaders.RETRY_AFTER, seconds);
        }
        return answer.build();
    }

    @ServerExceptionMapper({UnauthorizedException.class, AuthenticationFailedException.class})
    Response unknownCaller(Exception failure) {
        return refused(Problem.of(ErrorCode.UNAUTHORIZED, "Sign in, or send a valid API key."));
    }

    @ServerExceptionMapper
    Response notAllowed(ForbiddenException failure) {
        return refused(Problem.of(ErrorCode.FORBIDDEN, "This account may not do that."));
    }

    @ServerExceptionMapper
    Response invalid(ConstraintViolationException failure) {
        List<Problem.FieldError> errors = failure.getConstraintViolations().stream()
                .map(violation -> {
                    String path = violation.getPropertyPath().toString();
                    return new Problem.FieldError(path.substring(path.lastIndexOf('.') + 1), violation.getMessage());
                })
                .toList();
        return refused(Problem.invalid("Some fields are not right.", errors));
    }

    @ServerExceptionMapper
    Response fromHttp(WebApplicationException failure) {
        Response response = failure.getResponse();
        if (response.hasEntity() || response.getStatus() < 400) {
            return response;
        }
        ErrorCode code = BY_STATUS.get(response.getStatus());
        if (code == null) {
            return response.getStatus() >= 500
                    ? failed(failure)
                    : answer(bare(ErrorCode.BAD_REQUEST)).build();
        }
        Response.ResponseBuilder answer = answer(bare(code));
        Object allowed = response.getHeaders().getFirst(HttpHeaders.ALLOW);
        if (allowed != null) {
            answer.header(HttpHeaders.ALLOW, allowed);
        }
        return answer.build();
    }

    @ServerExceptionMapper
    Response failed(Exception failure) {
        String incident = Ids.random("incident");
        LOG.errorf(failure, "Incident %s: %s %s", incident, audience.method(), audience.path());
        return answer(ProblemView.incident(incident)).build();
    }

    /** A refusal that a filter sent without a word, such as the one of the CSRF token. */
    ProblemView bare(ErrorCode code) {
        return ProblemView.of(
                code,
                switch (code) {
                    case NOT_FOUND -> "There is nothing at " + audience.path() + ".";
                    case METHOD_NOT_ALLOWED -> audience.path() + " does not know " + audience.method() + ".";
                    case TOO_LARGE -> "What was sent is larger than this address takes.";
                    case UNSUPPORTED_TYPE -> "This content type is not taken here.";
                    case BAD_REQUEST ->
                        audience.isSafeMethod()
                                ? "The address or its parameters could not be understood."
                                : audience.isApi()
                                        ? "What was sent could not be read; expected JSON as the OpenAPI document describes it."
                                        : "The form is too old or incomplete. Load the page again and send it once more.";
                    default -> code.title() + ".";
                });
    }

    ProblemView bare(int status) {
        return bare(BY_STATUS.getOrDefault(status, status >= 500 ? ErrorCode.INTERNAL : ErrorCode.BAD_REQUEST));
    }

    Response.ResponseBuilder answer(ProblemView shown) {
        return audience.wantsPage()
                ? Response.status(shown.status()).type(Audience.HTML).entity(page(shown))
                : Response.status(shown.status()).type(Audience.PROBLEM).entity(shown);
    }

    static String page(ProblemView shown) {
        return Templates.problem(shown).render();
    }

    /** A session that ended under a part of a page: htmx leaves the page for the sign-in, which leads back to it. */
    private Response signInInstead(Problem problem, String page) {
        String next = URLEncoder.encode(page, StandardCharsets.UTF_8);
        return answer(ProblemView.of(problem))
                .header("HX-Redirect", "/sign-in?next=" + next)
                .build();
    }

    private Response signIn() {
        String next = URLEncoder.encode(audience.pathAndQuery(), StandardCharsets.UTF_8);
        return Response.seeOther(URI.create("/sign-in?next=" + next))
                .type(MediaType.TEXT_HTML_TYPE)
                .build();
    }
}
