package io.algomat.accounts;

import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;
import java.util.Optional;

/**
 * API keys in the {@code Authorization} header, as every Algorithmia client sends them: {@code Simple KEY}, the bare key,
 * or {@code Bearer KEY}; with a sign-in provider, its access tokens as {@code Bearer TOKEN}. Only API paths look at it, and they look at nothing else.
 */
@ApplicationScoped
class ApiKeyMechanism {
    private final CurrentVertxRequest http;
    private final AuthenticateKey keys;
    private final AuthenticateToken tokens;

    ApiKeyMechanism(CurrentVertxRequest http, AuthenticateKey keys, AuthenticateToken tokens) {
        this.http = http;
        this.keys = keys;
        this.tokens = tokens;
    }

    /** Whether the current path belongs to an API, where keys count and cookies do not. */
    boolean applies() {
        RoutingContext context = http.getCurrent();
        return context != null && isApi(context.normalizedPath());
    }

    static boolean isApi(String path) {
        return path.startsWith("/v1/") || path.startsWith("/api/") || path.equals("/v1") || path.equals("/api");
    }

    Optional<Caller> caller() {
        RoutingContext context = http.getCurrent();
        String header = context.request().getHeader("Authorization");
        if (header == null || header.isBlank()) {
            return Optional.empty();
        }
        String key = key(header.strip());
        String address = context.request().remoteAddress().hostAddress();
        return Optional.of(tokens.applies(key) ? tokens.authenticate(key, address) : keys.authenticate(key, address));
    }

    private static String key(String header) {
        int space = header.indexOf(' ');
        String scheme = space < 0 ? "" : header.substring(0, space).toLowerCase(Locale.ROOT);
        return scheme.equals("simple") || scheme.equals("bearer")
                ? header.substring(space + 1).strip()
                : header;
    }
}
