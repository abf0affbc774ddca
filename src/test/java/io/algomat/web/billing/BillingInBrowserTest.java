package io.algomat.web.billing;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.Cookie;
import io.algomat.accounts.SessionMechanism;
import io.algomat.platform.Credits;
import io.algomat.testing.Accounts;
import io.algomat.testing.Browser;
import io.algomat.testing.Charges;
import io.algomat.testing.Money;
import io.algomat.testing.Theme;
import io.algomat.testing.Visitor;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
class BillingInBrowserTest {
    @RegisterExtension
    static final Browser BROWSER = new Browser();

    @Inject
    Money money;

    @Inject
    Charges charges;

    private Accounts.User administrator;
    private String algorithm;

    @BeforeEach
    void anAdministratorWhoCallsAndPublishes() {
        administrator = Accounts.administrator("billed");
        Accounts.User other = Accounts.user("other");
        money.fund(other.ownerId(), Credits.of(50));
        algorithm = administrator.name() + "/object-detection";
        charges.charge(administrator.ownerId(), null, other.ownerId(), other.name() + "/ocr", 400_000, 702);
        charges.charge(other.ownerId(), null, administrator.ownerId(), algorithm, 2_000_000, 31);
        charges.charge(other.ownerId(), null, administrator.ownerId(), algorithm, 2_000_000, 1300);
    }

    private Visitor signedIn(Theme theme, int width) {
        Visitor visitor = BROWSER.visitor(theme, width);
        visitor.context()
                .addCookies(List.of(new Cookie(SessionMechanism.COOKIE, administrator.sessionCookie())
                        .setUrl(ConfigProvider.getConfig().getValue("test.url", String.class))));
        return visitor;
    }

    @ParameterizedTest
    @CsvSource({"LIGHT, 1280", "DARK, 1280", "LIGHT, 390", "DARK, 390"})
    void thePagesAboutMoneyAreAccessibleAndFitTheWindow(Theme theme, int width) {
        Visitor visitor = signedIn(theme, width);
        for (String path : List.of(
                "/admin/billing",
                "/billing",
                "/billing/earnings",
                "/admin/billing?by=key&algorithm=" + algorithm,
                "/admin/billing/charges",
                "/admin/billing?from=2001-01-01&through=2001-01-02")) {
            assertThat(visitor.go(path)).as(path).isEqualTo(200);
            assertThat(visitor.scrollsSideways()).as(path + " scrolls sideways").isFalse();
            assertThat(new AxeBuilder(visitor.page()).analyze().getViolations())
                    .as(path)
                    .isEmpty();
            String name = path.replaceAll("algorithm=.*", "narrowed")
                    .replaceAll("[^a-z0-9]+", "-")
                    .substring(1);
            visitor.page()
                    .screenshot(new Page.ScreenshotOptions()
                            .setFullPage(true)
                            .setPath(Path.of("target/screens/%s-%s-%d.png".formatted(name, theme, width))));
        }
    }

    @Test
    void theReportIsNarrowedRegroupedSortedAndTakenAwayAsAFile() {
        Visitor visitor = signedIn(Theme.LIGHT, 1280);
        Page page = visitor.page();
        visitor.go("/admin/billing");

        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Today"))
                .click();
        assertThat(page.url()).contains("period=today");
        page.getByRole(
                        AriaRole.LINK,
                        new Page.GetByRoleOptions().setName("Publisher").setExact(true))
                .click();
        assertThat(page.url()).contains("period=today").contains("by=publisher");
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Fee").setExact(true))
                .click();
        assertThat(page.locator("th[aria-sort=descending]").innerText()).startsWith("Fee");
        assertThat(page.getByLabel("Report by publisher")
                        .locator("tbody tr", new Locator.LocatorOptions().setHasText(administrator.name()))
                        .innerText())
                .containsPattern(Pattern.compile(
                        "2\\s+0\\s+100 %\\s+1\\.3 s\\s+5\\.331\\s+0\\.00\\s+5\\.331\\s+4\\.00\\s+0\\.60\\s+1\\.331"
                                + "\\s+15 %\\s+3\\.40\\s+0\\.00\\s+3\\.40"));

        var file = page.waitForDownload(() -> page.getByRole(
                        AriaRole.LINK,
                        new Page.GetByRoleOptions().setName("CSV").setExact(true))
                .click());
        assertThat(file.suggestedFilename()).startsWith("algomat-report-").endsWith(".csv");

        page.getByLabel("From").fill("2001-01-01");
        page.getByLabel("Through").fill("2001-01-02");
        page.keyboard().press("Enter");
        page.getByText("Nothing was called in this period").waitFor();
        assertThat(page.url()).contains("from=2001-01-01").contains("by=publisher");
    }
}
