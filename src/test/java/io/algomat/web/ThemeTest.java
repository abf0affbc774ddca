package io.algomat.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;

import com.microsoft.playwright.Page;
import io.algomat.testing.Accounts;
import io.algomat.testing.Browser;
import io.algomat.testing.Visitor;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@QuarkusTest
class ThemeTest {
    @RegisterExtension
    static final Browser BROWSER = new Browser();

    @Test
    void theThemeGoesRoundAndIsRemembered() {
        Visitor visitor = BROWSER.visitor();
        Page page = visitor.page();
        visitor.go("/problems");
        page.locator(".theme .for-auto").click();
        assertThat(page.locator("html")).hasAttribute("data-theme", "light");
        page.locator(".theme .for-light").press("Enter");
        assertThat(page.locator("html")).hasAttribute("data-theme", "dark");
        assertThat(page.locator(".theme .for-dark")).isFocused();
        page.reload();
        assertThat(page.locator("html")).hasAttribute("data-theme", "dark");
        page.locator(".theme .for-dark").click();
        assertThat(page.locator("html")).not().hasAttribute("data-theme", "dark");
    }

    @Test
    void theServerWritesTheThemeIntoThePageSoThatNothingFlashes() {
        given().cookie("theme", "dark")
                .get("/problems")
                .then()
                .body(containsString("<html lang=\"en\" data-theme=\"dark\">"));
        given().cookie("theme", "\"><script>").get("/problems").then().body(containsString("<html lang=\"en\">"));
    }

    @Test
    void withoutJavaScriptAFormChangesItAndComesBack() {
        Accounts.withCsrf(given().redirects().follow(false))
                .header("Referer", "http://elsewhere.example/algorithms?q=x")
                .formParam("theme", "dark")
                .post("/theme")
                .then()
                .statusCode(303)
                .header("Location", endsWith("/algorithms?q=x"))
                .cookie("theme", "dark");
    }

    @Test
    void aSlashOpensTheSearchAndEscapeClosesAMenu() {
        Visitor visitor = BROWSER.visitor(io.algomat.testing.Theme.LIGHT, 800);
        Page page = visitor.page();
        visitor.go("/problems");
        page.keyboard().press("/");
        assertThat(page.locator(".find input")).isFocused();
        page.locator("details.menu summary").click();
        assertThat(page.locator("details.menu .sheet")).isVisible();
        page.keyboard().press("Escape");
        assertThat(page.locator("details.menu .sheet")).isHidden();
        assertThat(page.locator("details.menu summary")).isFocused();
    }
}
