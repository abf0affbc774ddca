package io.algomat.web.catalog;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Page;
import io.algomat.catalog.PublishSamples;
import io.algomat.catalog.Visibility;
import io.algomat.platform.Credits;
import io.algomat.testing.Accounts;
import io.algomat.testing.Browser;
import io.algomat.testing.Bundles;
import io.algomat.testing.Theme;
import io.algomat.testing.Visitor;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@QuarkusTest
class PlaygroundTest {
    @RegisterExtension
    static final Browser BROWSER = new Browser();

    @Inject
    PublishSamples samples;

    @Test
    void aVisitorRunsTheSampleAndSeesResultTimeAndPrice() {
        Visitor visitor = BROWSER.visitor();
        Page page = visitor.page();
        visitor.go(echo(Credits.parse("0.25")));
        assertThat(page.locator("#text-input")).hasValue("Hello");
        page.click("#run");
        assertThat(page.locator("#output .answer")).hasText("Hello");
        assertThat(page.locator(".timeline")).containsText("compute");
        assertThat(page.locator(".timeline")).containsText("djl");
        assertThat(page.locator(".receipt")).containsText("Charged 0.25");
        assertThat(page.locator(".receipt")).containsText("0.2125 to the publisher, 0.0375 fee");
        assertThat(page.locator("#status")).containsText("Done in");
        assertThat(new AxeBuilder(page).analyze().getViolations()).isEmpty();
    }

    @Test
    void theKeyboardAloneIsEnough() {
        Visitor visitor = BROWSER.visitor();
        Page page = visitor.page();
        visitor.go(echo(Credits.ZERO));
        page.keyboard().press("Tab");
        assertThat(page.locator(".skip")).isFocused();
        page.locator("[name=kind]:checked").focus();
        page.keyboard().press("ArrowRight");
        assertThat(page.locator("[name=kind][value=json]")).isChecked();
        page.keyboard().press("Tab");
        assertThat(page.locator("#text-input")).isFocused();
        page.keyboard().press("Control+a");
        page.keyboard().type("{\"by\": [\"keys\", 1]}");
        page.keyboard().press("Control+Enter");
        assertThat(page.locator("#output .answer")).containsText("\"keys\"");
    }

    @Test
    void theCodeMirrorsTheForm() {
        Visitor visitor = BROWSER.visitor();
        Page page = visitor.page();
        visitor.go(echo(Credits.ZERO));
        assertThat(page.locator("#snippet")).containsText("--data-raw 'Hello'");
        page.fill("#text-input", "It's mine");
        assertThat(page.locator("#snippet")).containsText("It'\\''s mine");
        page.locator("#language-curl").focus();
        page.keyboard().press("ArrowRight");
        assertThat(page.locator("#language-java")).isFocused();
        assertThat(page.locator("#snippet")).containsText("ofString(\"It's mine\")");
    }

    @Test
    void brokenJsonIsSaidBesideTheFieldAndNotSent() {
        Visitor visitor = BROWSER.visitor();
        Page page = visitor.page();
        visitor.go(echo(Credits.ZERO));
        page.locator("[name=kind][value=json]")
                .check(new com.microsoft.playwright.Locator.CheckOptions().setForce(true));
        page.fill("#text-input", "{broken");
        page.click("#run");
        assertThat(page.locator("#input-error")).containsText("This is not JSON");
        assertThat(page.locator("#text-input")).isFocused();
        assertThat(page.locator("#text-input")).hasAttribute("aria-invalid", "true");
        assertThat(page.locator(".receipt")).hasCount(0);
    }

    @Test
    void aCallThatCannotBePaidSaysSoAndThatNothingWasCharged() {
        Visitor visitor = BROWSER.visitor();
        Page page = visitor.page();
        visitor.go(echo(Credits.of(1_000_000)));
        page.click("#run");
        assertThat(page.locator("#output .notice.bad")).containsText("Not enough credit");
        assertThat(page.locator("#output .notice.bad")).containsText("Nothing was charged.");
        assertThat(page.locator("#output a")).hasAttribute("href", "/sign-up");
        assertThat(new AxeBuilder(page).analyze().getViolations()).isEmpty();
        assertThat(visitor.problems()).allMatch(problem -> problem.contains("402"));
    }

    @Test
    void aFileIsSentAsItIs() {
        Visitor visitor = BROWSER.visitor();
        Page page = visitor.page();
        visitor.go(echo(Credits.ZERO));
        page.locator("[name=kind][value=binary]")
                .check(new com.microsoft.playwright.Locator.CheckOptions().setForce(true));
        page.setInputFiles(
                "#file-input",
                new com.microsoft.playwright.options.FilePayload(
                        "three.bin", "application/octet-stream", new byte[] {1, 2, 3}));
        assertThat(page.locator("#file-name")).hasText("three.bin");
        assertThat(page.locator("#snippet")).containsText("@three.bin");
        page.click("#run");
        assertThat(page.locator("#output a[download]")).hasText("Save 3 B");
    }

    @Test
    void everyTabFitsAPhoneInTheDark() {
        Visitor visitor = BROWSER.visitor(Theme.DARK, 390);
        String page = echo(Credits.parse("0.5"));
        for (String tab : new String[] {"", "/about", "/api", "/samples", "/versions"}) {
            visitor.go(page + tab);
            assertThat(visitor.scrollsSideways()).as(tab).isFalse();
            assertThat(new AxeBuilder(visitor.page()).analyze().getViolations())
                    .as(tab)
                    .isEmpty();
        }
    }

    @Test
    void whatIsFoundInAPictureIsDrawnOverIt() throws Exception {
        samples.publish(_ -> {});
        Visitor visitor = BROWSER.visitor();
        Page page = visitor.page();
        visitor.go("/algorithms/vision/object-detection");
        assertThat(page.locator("#file-name")).hasText("hotdog.png");
        assertThat(page.locator("#file-facts")).containsText("320 × 320");
        assertThat(page.locator("#snippet")).containsText("@hotdog.png");
        page.click("#run");
        assertThat(page.locator(".shot svg")).hasAttribute("aria-label", "The picture, with boxes around: hot dog");
        assertThat(page.locator(".shot rect.box")).hasCount(1);
        assertThat(page.locator(".found")).containsText("0.96");
        page.locator("#views button", new Page.LocatorOptions().setHasText("JSON"))
                .click();
        assertThat(page.locator("#output .answer")).containsText("\"detections\"");

        page.locator("#samples button", new Page.LocatorOptions().setHasText("A cup on a table"))
                .click();
        assertThat(page.locator("#file-name")).hasText("coffee.png");
        page.fill("[data-option=min_score]", "0.9");
        page.click("#run");
        assertThat(page.locator(".shot svg")).hasAttribute("aria-label", "The picture, with boxes around: cup");
        assertThat(new AxeBuilder(page).analyze().getViolations()).isEmpty();
    }

    @Test
    void vectorsAreShownAsBarsAndCompared() throws Exception {
        samples.publish(_ -> {});
        Visitor visitor = BROWSER.visitor(Theme.DARK, 390);
        Page page = visitor.page();
        visitor.go("/algorithms/nlp/sentence-embedding");
        page.click("#run");
        assertThat(page.locator(".vector")).containsText("384 numbers");
        assertThat(page.locator(".vector rect")).hasCount(384);
        page.locator("#samples button", new Page.LocatorOptions().setHasText("Three sentences"))
                .click();
        assertThat(page.locator("[name=kind][value=json]")).isChecked();
        page.click("#run");
        assertThat(page.locator("#output tbody tr")).hasCount(3);
        assertThat(page.locator("#output tbody tr").first().locator("td").nth(1))
                .hasText(Pattern.compile("0\\.6[567]\\d+"));
        assertThat(visitor.scrollsSideways()).isFalse();
        assertThat(new AxeBuilder(page).analyze().getViolations()).isEmpty();
    }

    private static String echo(Credits royalty) {
        Bundles.Algorithm algorithm =
                Bundles.publishIdentity(Accounts.user("play").caller(), royalty, Visibility.PUBLIC);
        return "/algorithms/" + algorithm.path();
    }
}
