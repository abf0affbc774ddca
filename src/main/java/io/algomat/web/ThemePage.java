package io.algomat.web;

import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Remembers the theme in a cookie, for readers without JavaScript; shell/theme.js does the same without a page load. */
@Path("/theme")
public class ThemePage {
    static final String COOKIE = "theme";
    static final String AUTO = "auto";
    static final Set<String> THEMES = Set.of("light", "dark");

    @POST
    public Response choose(@FormParam("theme") @Nullable String theme, @HeaderParam("Referer") @Nullable String from) {
        boolean chosen = theme != null && THEMES.contains(theme);
        NewCookie cookie = new NewCookie.Builder(COOKIE)
                .value(chosen ? theme : AUTO)
                .path("/")
                .maxAge(chosen ? (int) Duration.ofDays(365).toSeconds() : 0)
                .sameSite(NewCookie.SameSite.LAX)
                .build();
        return Response.seeOther(back(from)).cookie(cookie).build();
    }

    /** Only path and query of where the reader came from, so that nobody is sent elsewhere. */
    private static URI back(@Nullable String from) {
        try {
            URI uri = URI.create(from == null ? "/" : from);
            String path = uri.getRawPath();
            if (path == null || !path.startsWith("/") || path.startsWith("//")) {
                return URI.create("/");
            }
            return URI.create(uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery());
        } catch (IllegalArgumentException _) {
            return URI.create("/");
        }
    }
}
