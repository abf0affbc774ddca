package io.algomat.testing;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.Cookie;
import com.microsoft.playwright.options.ReducedMotion;
import io.algomat.accounts.SessionMechanism;
import java.util.ArrayList;
import java.util.List;

/** One person with a browser window and cookies of their own; remembers everything that went wrong on their pages. */
public final class Visitor {
    private static final int HEIGHT = 900;
    private static final int PATIENCE_MS = 15_000;

    private final String site;
    private final BrowserContext context;
    private final Page page;
    private final List<String> problems = new ArrayList<>();

    Visitor(Browser chromium, String site, Theme theme, int width) {
        this.site = site;
        context = chromium.newContext(new Browser.NewContextOptions()
                .setBaseURL(site)
                .setViewportSize(width, HEIGHT)
                .setColorScheme(theme.scheme())
                .setReducedMotion(ReducedMotion.REDUCE));
        context.setDefaultTimeout(PATIENCE_MS);
        page = context.newPage();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                problems.add(message.text() + " at " + message.location());
            }
        });
        page.onPageError(error -> problems.add("uncaught: " + error));
        page.onRequestFailed(failed -> {
            // A request that the page's next address cut short is no failure.
            if (!"net::ERR_ABORTED".equals(failed.failure())) {
                problems.add(failed.method() + " " + failed.url() + ": " + failed.failure());
            }
        });
    }

    /** Gives the browser a session of this user, as signing in would. */
    public Visitor signedIn(Accounts.User user) {
        context.addCookies(List.of(new Cookie(SessionMechanism.COOKIE, user.sessionCookie()).setUrl(site)));
        return this;
    }

    /** Where the visitor's paths begin, without a trailing slash. */
    public String site() {
        return site;
    }

    public Page page() {
        return page;
    }

    public BrowserContext context() {
        return context;
    }

    /** Opens a path of the site, and returns the answer's status. */
    public int go(String path) {
        Response response = page.navigate(path.startsWith("http") ? path : site + path);
        return response == null ? 0 : response.status();
    }

    /** The errors so far; the visitor forgets them, as does a test that expected them. */
    public List<String> problems() {
        List<String> seen = List.copyOf(problems);
        problems.clear();
        return seen;
    }

    /** Whether the page can be scrolled sideways, which no page may be. */
    public boolean scrollsSideways() {
        return (boolean) page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth");
    }

    void leave() {
        context.close();
    }
}
