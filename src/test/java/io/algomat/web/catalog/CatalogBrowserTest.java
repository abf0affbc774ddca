package io.algomat.web.catalog;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.algomat.catalog.CatalogFixture;
import io.algomat.catalog.CatalogFixture.Draft;
import io.algomat.testing.Browser;
import io.algomat.testing.Theme;
import io.algomat.testing.Visitor;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@QuarkusTest
class CatalogBrowserTest {
    @RegisterExtension
    static final Browser BROWSER = new Browser();

    @Inject
    CatalogFixture fixture;

    private final String word = CatalogFixture.unique();

    @BeforeEach
    void publish() {
        for (int i = 0; i < 30; i++) {
            fixture.publish(Draft.of(word, "door-" + i)
                    .title("Door " + word)
                    .tagLine("Turns a sentence into 384 numbers, so that meaning can be compared.")
                    .categories(i % 3 == 0 ? "vision" : "text")
                    .tags(word + i % 2)
                    .royalty(i * 100_000L));
        }
    }

    @Test
    void aMisspeltSearchAndAFacetLeadToTheDoor() {
        Visitor visitor = BROWSER.visitor();
        Page page = visitor.page();
        visitor.go("/algorithms");
        page.getByRole(AriaRole.SEARCHBOX).fill(word + " dooor");
        page.getByRole(AriaRole.SEARCHBOX).press("Enter");
        assertThat(page.locator(".mended")).containsText(word + " door");
        assertThat(page.locator(".door")).hasCount(24);
        page.locator("#category-vision").click();
        assertThat(page.locator(".door")).hasCount(10);
        assertThat(page).hasURL(Pattern.compile("category=vision"));
        assertThat(page.locator("#category-vision")).isFocused();
        page.goBack();
        assertThat(page.locator(".door")).hasCount(24);
        page.getByText("Next").click();
        assertThat(page.locator(".door")).hasCount(6);
        page.locator("#sort-price").click();
        assertThat(page.locator(".door").first()).containsText("door-0");
    }

    @ParameterizedTest
    @EnumSource(Theme.class)
    void aPhoneShowsItAllWithoutSidewaysScroll(Theme theme) {
        Visitor visitor = BROWSER.visitor(theme, 390);
        visitor.go("/algorithms?q=" + word);
        assertThat(visitor.scrollsSideways()).isFalse();
        shot(visitor, "phone-" + theme);
        visitor.page().getByText("Narrow the search").click();
        assertThat(visitor.page().locator("#category-vision")).isVisible();
        assertThat(visitor.scrollsSideways()).isFalse();
        visitor.go("/algorithms?q=" + "x".repeat(190));
        assertThat(visitor.scrollsSideways()).isFalse();
        shot(visitor, "phone-nothing-" + theme);
        Visitor desk = BROWSER.visitor(theme, 1280);
        desk.go("/algorithms");
        shot(desk, "desk-" + theme);
        desk.go("/algorithms?q=" + word + "+dooor&tag=" + word + "1&category=text");
        shot(desk, "desk-search-" + theme);
        desk.go("/algorithms?q=" + word + "+unheard&category=text");
        shot(desk, "desk-nothing-" + theme);
        desk.go("/owners/" + word);
        assertThat(desk.page().locator(".door")).hasCount(24);
        shot(desk, "desk-owner-" + theme);
    }

    private static void shot(Visitor visitor, String name) {
        visitor.page().screenshot(new Page.ScreenshotOptions().setPath(Path.of("target/screens", name + ".png")));
    }
}
