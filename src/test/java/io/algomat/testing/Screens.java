package io.algomat.testing;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.LoadState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * {@code ./algomat screens}: starts a gateway of its own, does on it what a newcomer would do, and takes a picture of
 * each page in both themes, as wide as a desk's and a phone's screen.
 */
public final class Screens {
    private static final Path FOLDER = Path.of("docs/screens");
    private static final String PASSWORD = "a long enough password";
    private static final int[] WIDTHS = {1280, 390};
    private static final int CALLS = 12;

    private final PackagedGateway gateway;
    private final Browser browser;

    private Screens(PackagedGateway gateway, Browser browser) {
        this.gateway = gateway;
        this.browser = browser;
    }

    public static void main(String[] arguments) throws Exception {
        Path data = Files.createTempDirectory("algomat-screens-");
        Files.createDirectories(FOLDER);
        try (PackagedGateway gateway = PackagedGateway.start(data);
                Browser browser = new Browser()) {
            new Screens(gateway, browser).take();
        }
        System.exit(0);
    }

    private void take() throws IOException, InterruptedException {
        String call = gateway.line("Try:");
        for (Theme theme : Theme.values()) {
            take(Map.of("sign-up", "/sign-up", "sign-in", "/sign-in"), null, theme);
        }
        Visitor administrator = browser.visitor(gateway.page(), Theme.LIGHT, WIDTHS[0]);
        setUp(administrator.page());
        for (int i = 0; i < CALLS; i++) {
            new ProcessBuilder("bash", "-c", call).start().waitFor(10, TimeUnit.SECONDS);
        }
        administrator.go("/algorithms/vision/object-detection");
        administrator.page().locator("#run").click();
        administrator.page().locator("#output svg").first().waitFor();
        for (Theme theme : Theme.values()) {
            take(pages(), administrator, theme);
        }
    }

    private static Map<String, String> pages() {
        Map<String, String> pages = new LinkedHashMap<>();
        pages.put("catalog", "/algorithms");
        pages.put("search", "/algorithms?q=obejct+detction");
        pages.put("search-nothing", "/algorithms?q=zzzzqqqq");
        pages.put("algorithm", "/algorithms/vision/object-detection");
        pages.put("algorithm-text", "/algorithms/nlp/sentence-embedding");
        pages.put("about", "/algorithms/vision/object-detection/about");
        pages.put("api", "/algorithms/vision/object-detection/api");
        pages.put("samples", "/algorithms/vision/object-detection/samples");
        pages.put("versions", "/algorithms/vision/object-detection/versions");
        pages.put("publish", "/publish");
        pages.put("keys", "/keys");
        pages.put("runs", "/runs");
        pages.put("billing", "/billing");
        pages.put("account", "/account");
        pages.put("admin-billing", "/admin/billing");
        pages.put("admin-users", "/admin/users");
        pages.put("admin-settings", "/admin/settings");
        pages.put("admin-audit", "/admin/audit");
        pages.put("not-found", "/algorithms/nobody/nothing");
        return pages;
    }

    /** The one-time link, as whoever reads the terminal uses it. */
    private void setUp(Page page) {
        page.navigate(gateway.line("Set-up:"));
        page.locator("input[name=name]").fill("ada");
        for (Locator field : page.locator("input[type=password]").all()) {
            field.fill(PASSWORD);
        }
        page.locator("main form.form .button").click();
    }

    private void take(Map<String, String> pages, Visitor as, Theme theme) {
        for (int width : WIDTHS) {
            Visitor visitor = browser.visitor(gateway.page(), theme, width);
            if (as != null) {
                visitor.context()
                        .addCookies(as.context().cookies().stream()
                                .map(cookie -> cookie.setUrl(null))
                                .toList());
            }
            pages.forEach((name, path) -> {
                visitor.go(path);
                visitor.page().waitForLoadState(LoadState.NETWORKIDLE);
                visitor.page()
                        .screenshot(new Page.ScreenshotOptions()
                                .setFullPage(true)
                                .setPath(FOLDER.resolve("%s-%s-%d.png"
                                        .formatted(name, theme.name().toLowerCase(Locale.ROOT), width))));
            });
            visitor.leave();
        }
    }
}
