package io.algomat.testing;

import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The system's Chromium for the tests of one class: {@code @RegisterExtension static final Browser BROWSER = new Browser()}.
 * After each test its visitors leave, and the test fails if a page of theirs had an error on the console or a failed
 * request that the test did not expect.
 */
public final class Browser implements AfterEachCallback, AfterAllCallback, AutoCloseable {
    private static final List<String> FLAGS = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync");

    private final List<Visitor> visitors = new ArrayList<>();
    private Playwright playwright;
    private com.microsoft.playwright.Browser chromium;

    /** Somebody with a fresh profile, at a desk: 1280 pixels wide, light theme. */
    public Visitor visitor() {
        return visitor(Theme.LIGHT, 1280);
    }

    public Visitor visitor(Theme theme, int width) {
        return visitor(ConfigProvider.getConfig().getValue("test.url", String.class), theme, width);
    }

    /** @param site where the visitor's paths begin, without a trailing slash */
    public Visitor visitor(String site, Theme theme, int width) {
        if (chromium == null) {
            launch();
        }
        Visitor visitor = new Visitor(chromium, site, theme, width);
        visitors.add(visitor);
        return visitor;
    }

    private void launch() {
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        chromium = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(executable())
                        .setHeadless(true)
                        .setArgs(FLAGS));
    }

    private static Path executable() {
        return Stream.of("chromium", "chromium-browser", "google-chrome")
                .map(name -> Path.of("/usr/bin", name))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(
                        () -> new IllegalStateException("There is no Chromium here; ./algomat test installs one."));
    }

    @Override
    public void afterEach(ExtensionContext context) {
        List<String> problems = visitors.stream()
                .flatMap(visitor -> visitor.problems().stream())
                .toList();
        visitors.forEach(Visitor::leave);
        visitors.clear();
        // A failed test has its own message; its page's errors stand beside it.
        context.getExecutionException()
                .ifPresentOrElse(
                        failure -> problems.forEach(
                                problem -> failure.addSuppressed(new AssertionError("on the page: " + problem))),
                        () -> {
                            if (!problems.isEmpty()) {
                                throw new AssertionError("A page had errors: " + problems);
                            }
                        });
    }

    @Override
    public void afterAll(ExtensionContext context) {
        close();
    }

    @Override
    public void close() {
        if (playwright != null) {
            playwright.close();
            playwright = null;
            chromium = null;
        }
    }
}
