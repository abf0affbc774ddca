package io.algomat.web.accounts;

import io.quarkus.qute.TemplateExtension;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Where to go after signing in: a path of this site and nothing else, since anyone can write a link with a "next" in it. */
final class Destination {
    private static final URI HOME = URI.create("/algorithms");

    private Destination() {}

    static URI of(@Nullable String next) {
        if (next == null || !next.startsWith("/") || next.startsWith("//") || next.indexOf('\\') >= 0) {
            return HOME;
        }
        try {
            URI uri = new URI(next);
            boolean here = uri.getScheme() == null && uri.getRawAuthority() == null && !uri.isOpaque();
            return here && !next.startsWith("/sign-") ? uri : HOME;
        } catch (URISyntaxException _) {
            return HOME;
        }
    }

    /** A path as the value of a query parameter. */
    @TemplateExtension
    static String asQuery(String path) {
        return URLEncoder.encode(path, StandardCharsets.UTF_8);
    }
}
