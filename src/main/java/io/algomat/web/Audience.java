package io.algomat.web;

import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.MediaType;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who will read an answer: a person with a browser, or a program. */
@Singleton
class Audience {
    static final MediaType PROBLEM = new MediaType("application", "problem+json");
    static final MediaType HTML = MediaType.TEXT_HTML_TYPE.withCharset("UTF-8");
    private static final Set<HttpMethod> SAFE = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

    private final CurrentVertxRequest current;

    Audience(CurrentVertxRequest current) {
        this.current = current;
    }

    /** Whether this address is for programs alone: keys are taken here, cookies are not. */
    boolean isApi() {
        String path = path();
        return path.startsWith("/api/") || path.equals("/api") || path.startsWith("/v1/") || path.startsWith("/q/");
    }

    boolean wantsPage() {
        if (isApi() || path().endsWith("/run") || request().headers().contains("HX-Request")) {
            return false;
        }
        String accept = request().getHeader("Accept");
        return accept == null || accept.contains("text/html") || accept.contains("*/*") && !accept.contains("json");
    }

    /** A person opening an address, who can be sent to sign in first and come back. */
    boolean isReadingPage() {
        return request().method().equals(HttpMethod.GET) && wantsPage();
    }

    /** The path of the page into which htmx puts this answer; null where the answer is not for htmx. */
    @Nullable
    String pageOfPart() {
        String address = request().getHeader("HX-Current-URL");
        if (address == null || !request().headers().contains("HX-Request")) {
            return null;
        }
        try {
            URI page = new URI(address);
            return page.getRawQuery() == null ? page.getRawPath() : page.getRawPath() + "?" + page.getRawQuery();
        } catch (URISyntaxException _) {
            return "/algorithms";
        }
    }

    boolean isSafeMethod() {
        return SAFE.contains(request().method());
    }

    String method() {
        return request().method().name();
    }

    String path() {
        return current.getCurrent().normalizedPath();
    }

    String pathAndQuery() {
        return request().uri();
    }

    private HttpServerRequest request() {
        return current.getCurrent().request();
    }
}
