package io.algomat.accounts;

import io.algomat.platform.ErrorCode;
import io.algomat.platform.Problem;
import io.algomat.platform.start.StartConfig;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** The browser's session cookie: read on pages, set at sign-in, dropped at sign-out. */
@ApplicationScoped
public class SessionMechanism {
    public static final String COOKIE = "algomat_session";

    private static final Logger LOG = Logger.getLogger(SessionMechanism.class);
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "::1", "[::1]");

    private final CurrentVertxRequest http;
    private final Sessions sessions;
    private final AccountsConfig config;
    private final StartConfig start;
    private final AddressMechanism from;

    SessionMechanism(
            CurrentVertxRequest http,
            Sessions sessions,
            AccountsConfig config,
            StartConfig start,
            AddressMechanism from) {
        this.http = http;
        this.sessions = sessions;
        this.config = config;
        this.start = start;
        this.from = from;
    }

    Optional<Caller> caller() {
        return token().flatMap(sessions::caller);
    }

    /** The token of the current session, if the browser sent one. */
    public Optional<String> token() {
        RoutingContext context = http.getCurrent();
        return Optional.ofNullable(context)
                .map(current -> current.request().getCookie(COOKIE))
                .map(Cookie::getValue);
    }

    /**
     * Refuses a browser that could not be given a session. Whoever makes or connects an account on the way to one asks this
     * first, so that nothing is left half done.
     *
     * @throws Problem forbidden, in production for a browser that did not come by https
     */
    public void demandSafe() {
        if (start.production() && !secure(http.getCurrent().request())) {
            throw Problem.of(ErrorCode.FORBIDDEN, "This site signs people in by https alone");
        }
    }

    /**
     * Starts a fresh session for this browser; the one that it had, if any, ends.
     *
     * @param recognise who it is; may make an account, and is not asked for a browser that can have no session
     * @throws Problem as {@link #demandSafe}, and what {@code recognise} throws
     */
    public void open(Supplier<Identity> recognise) {
        demandSafe();
        Identity identity = recognise.get();
        HttpServerRequest request = http.getCurrent().request();
        if (!secure(request)) {
            LOG.warnf(
                    "A session of %s travels without TLS: anyone on the way can take it. Serve pages by https.",
                    host(request));
        }
        token().ifPresent(sessions::close);
        String agent = Optional.ofNullable(request.getHeader("User-Agent")).orElse("");
        String token = sessions.open(identity, address(), agent);
        answer(Cookie.cookie(COOKIE, token).setMaxAge(config.sessionLife().toSeconds()));
    }

    /**
     * Ends this browser's session.
     *
     * @return where the provider ends its own, if the session came from one
     */
    public Optional<String> close() {
        Optional<String> signOutUrl = token().flatMap(sessions::close);
        answer(Cookie.cookie(COOKIE, "").setMaxAge(0));
        return signOutUrl;
    }

    /** Where the current call comes from, as the HTTP server knows it (proxies only if the operator trusts them). */
    public String address() {
        return from.address();
    }

    private void answer(Cookie cookie) {
        RoutingContext context = http.getCurrent();
        context.response()
                .addCookie(cookie.setPath("/")
                        .setHttpOnly(true)
                        .setSameSite(CookieSameSite.LAX)
                        .setSecure(secure(context.request())));
    }

    /** Browsers take loopback for secure; elsewhere without TLS a secure cookie would never come back. */
    private static boolean secure(HttpServerRequest request) {
        if (request.isSSL() || "https".equals(request.scheme())) {
            return true;
        }
        return LOOPBACK.contains(host(request));
    }

    private static String host(HttpServerRequest request) {
        return request.authority() == null ? "" : request.authority().host();
    }
}
