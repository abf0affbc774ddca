package io.algomat.web;

import io.algomat.platform.ErrorCode;
import io.algomat.platform.Problem;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Cookie;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.WithFormRead;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveContainerRequestContext;
import org.jspecify.annotations.Nullable;

/**
 * Lets a page change something only when the page itself asks: the token of the cookie comes back in the form or in a
 * header, which another site can neither read nor send. APIs take no cookies, so they need none.
 */
@Singleton
class CsrfGuard {
    private static final String TOKEN = "csrf-token";
    private static final String HEADER = "X-CSRF-TOKEN";

    private final Audience audience;

    CsrfGuard(Audience audience) {
        this.audience = audience;
    }

    @WithFormRead
    @ServerRequestFilter
    void guard(ResteasyReactiveContainerRequestContext call) {
        if (audience.isSafeMethod() || audience.isApi()) {
            return;
        }
        Cookie cookie = call.getCookies().get(TOKEN);
        if (cookie == null || !same(cookie.getValue(), sent(call))) {
            throw Problem.of(
                    ErrorCode.BAD_REQUEST,
                    "The form is too old or incomplete: its token is missing. Load the page again and send it once more.");
        }
        if ("cross-site".equals(call.getHeaderString("Sec-Fetch-Site"))) {
            throw Problem.of(ErrorCode.BAD_REQUEST, "This form was sent by another site.");
        }
    }

    private static @Nullable String sent(ResteasyReactiveContainerRequestContext call) {
        String header = call.getHeaderString(HEADER);
        if (header != null) {
            return header;
        }
        var context = (ResteasyReactiveRequestContext) call.getServerRequestContext();
        return context.getFormParameter(TOKEN, true, false) instanceof String field ? field : null;
    }

    private static boolean same(String expected, @Nullable String sent) {
        return sent != null
                && MessageDigest.isEqual(
                        expected.getBytes(StandardCharsets.UTF_8), sent.getBytes(StandardCharsets.UTF_8));
    }
}
