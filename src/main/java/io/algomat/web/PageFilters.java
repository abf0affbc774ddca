package io.algomat.web;

import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** Around every page: words for wordless refusals, caching. */
@Singleton
class PageFilters {
    private final Audience audience;
    private final ProblemMapper problems;

    PageFilters(Audience audience, ProblemMapper problems) {
        this.audience = audience;
        this.problems = problems;
    }

    @ServerResponseFilter
    void finish(ContainerResponseContext answer) {
        boolean page = audience.wantsPage();
        if (answer.getStatus() >= 400
                && !answer.hasEntity()
                && !audience.method().equals("HEAD")) {
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
