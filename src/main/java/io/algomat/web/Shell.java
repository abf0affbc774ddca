package io.algomat.web;

import io.algomat.accounts.Caller;
import io.algomat.accounts.CurrentCaller;
import io.algomat.billing.Billing;
import io.algomat.platform.Credits;
import io.algomat.platform.PlatformConfig;
import io.quarkus.runtime.BlockingOperationControl;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Named;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** What the frame around every page shows: who is signed in, the credit left, where one can go, the theme. */
@Named("shell")
@RequestScoped
public class Shell {
    private static final Logger LOG = Logger.getLogger(Shell.class);

    private static final String CSRF = "csrf_token";
    private static final String CSRF_COOKIE = "csrf-token";

    /** @param current whether the page that is shown lies behind this link */
    public record Link(String href, String text, boolean current) {}

    private final CurrentVertxRequest http;
    private final CurrentCaller current;
    private final Billing billing;
    private final PlatformConfig platform;
    private final String release;
    private @Nullable Optional<Caller> caller;

    public Shell(
            CurrentVertxRequest http,
            CurrentCaller current,
            Billing billing,
            PlatformConfig platform,
            @ConfigProperty(name = "quarkus.application.version") String release) {
        this.http = http;
        this.current = current;
        this.billing = billing;
        this.platform = platform;
        this.release = release;
    }

    /** Whether it could be found out who is looking: error pages are at times drawn where nobody may block. */
    public boolean isKnown() {
        return BlockingOperationControl.isBlockingAllowed();
    }

    public @Nullable String getName() {
        return caller().map(Caller::name).orElse(null);
    }

    public boolean isAdministrator() {
        return caller().map(Caller::administrator).orElse(false);
    }

    /** Null for visitors, and where the ledger cannot be read: the frame must not take a page down with it. */
    public @Nullable Credits getBalance() {
        try {
            return caller().map(who -> billing.available(who.ownerId())).orElse(null);
        } catch (RuntimeException e) {
            LOG.warn("The balance in a page's frame could not be read", e);
            return null;
        }
    }

    public List<Link> getLinks() {
        List<Link> links = new ArrayList<>();
        links.add(link("/algorithms", "Algorithms"));
        links.add(link("/publish", "Publish"));
        links.add(link("/runs", "Runs"));
        links.add(link("/keys", "Keys"));
        links.add(link("/billing", "Billing"));
        if (isAdministrator()) {
            links.add(link("/admin", "Admin"));
        }
        return links;
    }

    /** {@code light}, {@code dark} or {@code auto}, as the reader's cookie says. */
    public String getTheme() {
        Cookie cookie = request().getCookie(ThemePage.COOKIE);
        String theme = cookie == null ? ThemePage.AUTO : cookie.getValue();
        return ThemePage.THEMES.contains(theme) ? theme : ThemePage.AUTO;
    }

    /**
     * The token that forms send back. Where Quarkus' filter never ran (no route, a refusal before it), the reader's own
     * cookie has it: a page that tells of a problem still has forms in its frame that work.
     */
    public String getCsrfToken() {
        String token = http.getCurrent().get(CSRF);
        Cookie cookie = request().getCookie(CSRF_COOKIE);
        return token != null ? token : cookie != null ? cookie.getValue() : "";
    }

    /** What stands in the search field: the catalogue's own query, else nothing. */
    public String getQuery() {
        String query = path().equals("/algorithms") ? request().getParam("q") : null;
        return query == null ? "" : query;
    }

    /** The site's own address, for code that readers copy. */
    public String getOrigin() {
        return platform.publicUrl()
                .orElseGet(() -> request().scheme() + "://" + request().authority());
    }

    public String getRelease() {
        return release;
    }

    private Link link(String href, String text) {
        return new Link(href, text, path().equals(href) || path().startsWith(href + "/"));
    }

    private Optional<Caller> caller() {
        if (caller == null) {
            caller = isKnown() ? lookUp() : Optional.empty();
        }
        return caller;
    }

    private Optional<Caller> lookUp() {
        try {
            return current.optional();
        } catch (RuntimeException e) {
            LOG.warn("Who is signed in could not be found out for a page's frame", e);
            return Optional.empty();
        }
    }

    private String path() {
        return request().path();
    }

    private HttpServerRequest request() {
        return http.getCurrent().request();
    }
}
