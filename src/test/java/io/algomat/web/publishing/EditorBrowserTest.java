package io.algomat.web.publishing;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.algomat.testing.Accounts;
import io.algomat.testing.Browser;
import io.algomat.testing.Visitor;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The editor with scripts on: from a starter to an algorithm that is called, without leaving the page. */
@QuarkusTest
class EditorBrowserTest {
    private static final int BUILD_MS = 60_000;

    @RegisterExtension
    static final Browser BROWSER = new Browser();

    private final Accounts.User user = Accounts.user("type");

    private static void press(Page page, String button) {
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName(button).setExact(true))
                .click();
    }

    private static Locator code(Page page) {
        return page.locator("#code");
    }

    private static void begin(Visitor visitor, String starter, String name) {
        Page page = visitor.page();
        visitor.go("/publish");
        page.getByLabel(starter, new Page.GetByLabelOptions().setExact(true)).check();
        page.getByLabel("Name", new Page.GetByLabelOptions().setExact(true)).fill(name);
        press(page, "Open the editor");
        page.waitForURL("**/publish/sources/**");
    }

    private static void open(Page page, String file) {
        page.getByRole(AriaRole.NAVIGATION, new Page.GetByRoleOptions().setName("Files"))
                .getByText(file, new Locator.GetByTextOptions().setExact(true))
                .click();
        assertThat(page.locator("#code-title")).hasText(file);
    }

    private static void replace(Page page, String text, String by) {
        code(page).fill(code(page).inputValue().replace(text, by));
    }

    private static int caretLine(Page page) {
        return (int) code(page).evaluate("area => area.value.slice(0, area.selectionStart).split('\\n').length");
    }

    private static void isSound(Visitor visitor, String name) {
        Page page = visitor.page();
        for (int width : List.of(390, 1280)) {
            for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
                page.setViewportSize(width, 900);
                page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
                String shot = name + "-" + width + "-" + scheme.name().toLowerCase(Locale.ROOT);
                assertThat(visitor.scrollsSideways()).as(shot).isFalse();
                assertThat(new AxeBuilder(page).analyze().getViolations())
                        .as(shot)
                        .isEmpty();
                page.screenshot(new Page.ScreenshotOptions()
                        .setFullPage(true)
                        .setPath(Path.of("target/screens", shot + ".png")));
            }
        }
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
    }

    @Test
    void anAlgorithmIsWrittenBuiltTriedPublishedAndCalled() {
        Visitor visitor = BROWSER.visitor().signedIn(user);
        Page page = visitor.page();
        begin(visitor, "A model, no code", "parrot");
        open(page, "algomat.yaml");
        isSound(visitor, "editor-new");
        replace(page, "licence:", "license:");
        assertThat(page.locator("#saved")).hasText("not saved");
        press(page, "Build & test");
        assertThat(page.locator(".faults")).containsText("'license' is not known here");
        isSound(visitor, "editor-fault");
        visitor.problems();
        page.locator(".faults a").first().click();
        assertThat(page).hasURL(Pattern.compile(".*file=algomat.yaml#L7$"));
        assertThat(code(page)).isFocused();
        assertThat(caretLine(page)).isEqualTo(7);
        replace(page, "license:", "licence:");
        press(page, "Build & test");

        assertThat(page.locator("#build"))
                .containsText(
                        "1 of 1 samples passed", new LocatorAssertions.ContainsTextOptions().setTimeout(BUILD_MS));
        assertThat(page.locator("#build")).containsText("The build has ended.");
        page.getByLabel("Text to send").fill("Polly");
        page.locator("#run").click();
        assertThat(page.locator("#output .answer"))
                .hasText("Polly", new LocatorAssertions.HasTextOptions().setTimeout(BUILD_MS));
        isSound(visitor, "editor-tried");
        page.getByLabel("Royalty per call, in credits").fill("2");
        assertThat(page.locator("#price")).containsText("You get 1.7 cr");
        press(page, "Publish");
        assertThat(page).hasURL(Pattern.compile(".*/algorithms/" + user.name() + "/parrot$"));
        page.locator("#run").click();
        assertThat(page.locator("#output .answer"))
                .hasText("Hello, automat", new LocatorAssertions.HasTextOptions().setTimeout(BUILD_MS));
    }

    @Test
    void theCompilersFaultIsALinkToItsLine() {
        Visitor visitor = BROWSER.visitor().signedIn(user);
        Page page = visitor.page();
        begin(visitor, "Java", "counter");
        assertThat(page.locator("#code-title")).hasText("src/main/java/starter/WordCount.java");
        String[] lines = code(page).inputValue().split("\n");
        int wrong = 0;
        while (!lines[wrong].contains("return answer;")) {
            wrong++;
        }
        replace(page, "return answer;", "return answer");
        press(page, "Build & test");

        Locator fault = page.locator("#build .log a").first();
        fault.waitFor(new Locator.WaitForOptions().setTimeout(BUILD_MS));
        assertThat(page.locator("#build"))
                .containsText(
                        "The build has ended: it failed.",
                        new LocatorAssertions.ContainsTextOptions().setTimeout(BUILD_MS));
        isSound(visitor, "editor-failed");
        fault.click();
        assertThat(code(page)).isFocused();
        assertThat(caretLine(page)).isEqualTo(wrong + 1);
        page.reload();
        assertThat(page.locator("#build .log")).containsText("';' expected");
        assertThat(page.locator(".gutter .fault")).hasText(String.valueOf(wrong + 1));
    }

    @Test
    void keysIndentSaveAndLeaveAndNothingIsLostOrOverwritten() {
        Visitor visitor = BROWSER.visitor().signedIn(user);
        Page page = visitor.page();
        begin(visitor, "Python", "keys");
        String address = page.url();
        code(page).fill("");
        page.keyboard().type("def apply(input):\nreturn 1\n\n# more");
        assertThat(code(page)).hasValue("def apply(input):\n    return 1\n    \n    # more");
        page.keyboard().press("Shift+Tab");
        assertThat(code(page)).hasValue("def apply(input):\n    return 1\n    \n# more");
        page.keyboard().press("Tab");
        assertThat(page.locator(".gutter span")).hasCount(4);
        page.keyboard().press("Control+s");
        assertThat(page.locator("#saved")).hasText("saved");
        page.keyboard().press("Escape");
        page.keyboard().press("Tab");
        assertThat(page.locator("#code-form button[value=save]")).isFocused();

        Page second = visitor.context().newPage();
        second.navigate(address);
        second.locator("#code").fill("second = 2");
        second.keyboard().press("Control+s");
        assertThat(second.locator("#saved")).hasText("saved");
        code(page).fill("first = 1");
        page.keyboard().press("Control+s");
        assertThat(page.locator("#notices")).containsText("was changed in another window meanwhile");
        assertThat(code(page)).hasValue("first = 1");
        assertThat(page.locator("#saved")).hasText("not saved");
        visitor.problems();
        second.reload();
        assertThat(second.locator("#code")).hasValue("second = 2");
    }
}
