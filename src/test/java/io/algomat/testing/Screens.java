package io.algomat.testing;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * {@code ./algomat screens}: starts a gateway of its own, does on it what a newcomer would do, and takes a picture of
 * each page in both themes, as wide as a desk's and a phone's screen.
 */
public final class Screens {
    private static final Path FOLDER = Path.of("docs/screens");
    private static final int[] WIDTHS = {1280, 390};
    private static final int HEIGHT = 900;

    /** What is below says nothing new of a page. */
    private static final int LONGEST = 2400;

    private Screens() {}

    /** @param arguments names of pictures to take; all when there are none */
    public static void main(String[] arguments) throws Exception {
        Path data = Files.createTempDirectory("algomat-screens-");
        Files.createDirectories(FOLDER);
        try (PackagedGateway gateway = PackagedGateway.start(data);
                Browser browser = new Browser()) {
            gateway.page();
            gateway.line("Try:");
            ScreenStory story = new ScreenStory(gateway, browser);
            story.tell();
            List<ScreenPage> wanted = ScreenPage.all(story).stream()
                    .filter(page -> arguments.length == 0 || List.of(arguments).contains(page.name()))
                    .toList();
            for (Theme theme : Theme.values()) {
                for (int width : WIDTHS) {
                    for (ScreenPage page : wanted) {
                        take(page, gateway, browser, theme, width);
                    }
                }
            }
        }
        System.exit(0);
    }

    private static void take(ScreenPage screen, PackagedGateway gateway, Browser browser, Theme theme, int width)
            throws IOException {
        Visitor visitor = browser.visitor(gateway.page(), theme, width);
        if (screen.as() != null) {
            visitor.context()
                    .addCookies(screen.as().context().cookies().stream()
                            .map(cookie -> cookie.setUrl(null))
                            .toList());
        }
        visitor.page().setViewportSize(width, HEIGHT);
        visitor.go(screen.path());
        screen.act().accept(visitor.page());
        visitor.page().evaluate("document.fonts.ready");
        visitor.page().evaluate("document.activeElement.blur()");
        int high = Math.min(LONGEST, (int) visitor.page().evaluate("document.documentElement.scrollHeight"));
        SmallPng.write(
                visitor.page()
                        .screenshot(
                                new Page.ScreenshotOptions().setFullPage(true).setClip(0, 0, width, high)),
                FOLDER.resolve(
                        "%s-%s-%d.png".formatted(screen.name(), theme.name().toLowerCase(Locale.ROOT), width)));
        visitor.leave();
    }
}
