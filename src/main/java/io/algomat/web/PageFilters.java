package io.algomat.web;

import io.algomat.platform.ErrorCode;
import io.algomat.platform.Problem;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** Around every page: the CSRF token where Quarkus' own filter does not ask for it, words for wordless refusals, caching. */
@Singleton
class PageFilters {
    private static final String CSRF_HEADER = "X-CSRF-TOKEN";

    private final Audience audience;
    private final ProblemMapper problems;

    PageFilters(Audience audience, ProblemMapper problems) {
        this.audience = audience;
        this.problems = problems;
    }

    /** Quarkus checks the token of forms, and of whatever brings the header; what brings neither must not come through. */
    @ServerRequestFilter
    void tokenOrNothing(ContainerRequestContext call) {
        if (audience.isSafeMethod() || audience.isApi() || isForm(call.getMediaType())) {
            return;
        }
        if (call.getHeaderString(CSRF_HEADER) == null) {
            throw Problem.of(
                    ErrorCode.BAD_REQUEST, "The header " + CSRF_HEADER + " is missing: pages send it with each change.");
        }
    }

    private static boolean isForm(MediaType type) {
        return type != null
                && (type.isCompatible(MediaType.APPLICATION_FORM_URLENCODED_TYPE)
                        || type.isCompatible(MediaType.MULTIPART_FORM_DATA_TYPE));
    }

    @ServerResponseFilter
    void finish(ContainerResponseContext answer) {
        boolean page = audience.wantsPage();
        if (answer.getStatus() >= 400 && !answer.hasEntity() && !audience.method().equals("HEAD")) {
            ProblemView shown = problems.bare(answer.getStatus());
            answer.setEntity(page ? ProblemMapper.page(shown) : shown, null, page ? Audience.HTML : Audience.PROBLEM);
        }
        MediaType type = answer.getMediaType();
        boolean html = type != null && type.isCompatible(MediaType.TEXT_HTML_TYPE);
        if (html && !answer.getHeaders().containsKey(HttpHeaders.CACHE_CONTROL)) {
            answer.getHeaders().putSingle(HttpHeaders.CACHE_CONTROL, "private, no-cache");
        }
    }
}
