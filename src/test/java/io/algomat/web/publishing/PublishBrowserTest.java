package io.algomat.web.publishing;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import io.algomat.testing.Accounts;
import io.algomat.testing.Browser;
import io.algomat.testing.Bundles;
import io.algomat.testing.Theme;
import io.algomat.testing.Visitor;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Publishing with scripts on: the build log comes by itself, the price is worked out while it is typed. */
@QuarkusTest
class PublishBrowserTest {
    @RegisterExtension
    static final Browser BROWSER = new Browser();

    private final Accounts.User user = Accounts.user("brow");

    private static void choose(Page page, byte[] zip) {
        page.getByLabel("Bundle", new Page.GetByLabelOptions().setExact(true))
                .setInputFiles(new FilePayload("bundle.zip", "application/zip", zip));
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Upload and test"))
                .click();
    }

    private static void isSound(Visitor visitor, String name) {
        assertThat(visitor.scrollsSideways()).as(name).isFalse();
        assertThat(new AxeBuilder(visitor.page()).analyze().getViolations())
                .as(name)
                .isEmpty();
        visitor.page()
                .screenshot(new Page.ScreenshotOptions()
                        .setFullPage(true)
                        .setPath(Path.of("target/screens", name + ".png")));
    }

    @Test
    void aBundleIsUploadedWatchedPricedAndPublished() {
        Visitor visitor = BROWSER.visitor().signedIn(user);
        Page page = visitor.page();
        visitor.go("/publish");
        isSound(visitor, "publish");
        choose(page, Bundles.identity(user.name(), "Echo"));

        assertThat(page.locator("#draft")).containsText("1 of 1 samples passed");
        page.getByLabel("Royalty per call, in credits").fill("2");
        assertThat(page.locator("#price")).containsText("You get 1.7 cr");
        isSound(visitor, "draft");
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName("Publish").setExact(true))
                .click();

        assertThat(page).hasURL(Pattern.compile(".*/algorithms/" + user.name() + "/Echo$"));
        visitor.go("/algorithms/" + user.name() + "/Echo/manage");
        isSound(visitor, "manage");
    }

    @Test
    void aRefusedBundleIsToldInPlaceAndTheNextOneGoesThrough() {
        Visitor visitor = BROWSER.visitor(Theme.DARK, 390).signedIn(user);
        Page page = visitor.page();
        visitor.go("/publish");
        choose(page, Bundles.identity("demo", "Echo"));

        assertThat(page.locator("#refused")).containsText("You may not publish for 'demo'");
        isSound(visitor, "publish-refused");
        visitor.problems();
        choose(page, Bundles.identity(user.name(), "Echo"));
        assertThat(page.locator("#draft")).containsText("1 of 1 samples passed");
        isSound(visitor, "draft-narrow");
    }
}
