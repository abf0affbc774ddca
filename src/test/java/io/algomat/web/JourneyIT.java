package io.algomat.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import io.algomat.testing.Browser;
import io.algomat.testing.Hands;
import io.algomat.testing.PackagedGateway;
import io.algomat.testing.Parrot;
import io.algomat.testing.Theme;
import io.algomat.testing.Visitor;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The first quarter of an hour on a fresh Algomat, from the set-up link to the call in the administrator's report. */
class JourneyIT {
    private static final String PASSWORD = "a long enough password";
    private static final int TESTED_WITHIN_MS = 60_000;

    @RegisterExtension
    static final Browser BROWSER = new Browser();

    @ParameterizedTest
    @EnumSource
    void anAlgorithmIsPublishedFoundTriedCalledAndBilled(Hands hands, @TempDir Path folder) throws Exception {
        try (PackagedGateway gateway = PackagedGateway.start(folder.resolve("data"))) {
            gateway.line("Try:");
            Visitor ada = BROWSER.visitor(gateway.page(), Theme.LIGHT, 1280);
            account(hands, ada, gateway.line("Set-up:"), "ada", "Make the administrator");
            Visitor grace = BROWSER.visitor(gateway.page(), Theme.LIGHT, 1280);
            account(hands, grace, "/sign-up", "grace", "Sign up");
            publish(hands, grace, Parrot.bundle(folder, "grace"));

            Visitor alan = BROWSER.visitor(gateway.page(), Theme.LIGHT, 1280);
            account(hands, alan, "/sign-up", "alan", "Sign up");
            find(hands, alan.page());
            tryIt(hands, alan.page());
            call(gateway.page(), key(hands, alan));

            ada.go("/admin/billing");
            assertThat(ada.page().locator("main")).containsText("grace/parrot");
            ada.go("/admin/billing?by=caller");
            assertThat(ada.page().locator("main")).containsText("alan");
            // One in the playground, one by curl, at two credits each.
            assertThat(royalties(gateway)).containsExactly(2_000_000L, 2_000_000L);
        }
    }

    private static void account(Hands hands, Visitor visitor, String path, String name, String button) {
        visitor.go(path);
        hands.write(visitor.page().locator("main input[name=name]"), name);
        hands.write(visitor.page().locator("main input[name=password]"), PASSWORD);
        hands.press(button(visitor.page(), button));
        assertThat(visitor.page().locator("body")).containsText(name);
    }

    private static void publish(Hands hands, Visitor grace, Path bundle) {
        Page page = grace.page();
        grace.go("/publish");
        hands.choose(page.locator("#bundle"), bundle);
        hands.press(button(page, "Upload and test"));
        assertThat(page.locator("#draft"))
                .containsText(
                        "ready to publish", new LocatorAssertions.ContainsTextOptions().setTimeout(TESTED_WITHIN_MS));
        hands.write(page.locator("#royalty"), "2");
        hands.press(button(page, "Publish"));
        page.waitForURL("**/algorithms/grace/parrot**");
    }

    private static void find(Hands hands, Page page) {
        hands.write(page.getByRole(AriaRole.SEARCHBOX).first(), "parot");
        page.keyboard().press("Enter");
        Locator door =
                page.locator("#catalog a[href='/algorithms/grace/parrot']").first();
        hands.press(door);
        page.waitForURL("**/algorithms/grace/parrot");
    }

    private static void tryIt(Hands hands, Page page) {
        hands.press(page.locator("#run"));
        assertThat(page.locator("#output"))
                .containsText("Pretty Polly", new LocatorAssertions.ContainsTextOptions().setTimeout(TESTED_WITHIN_MS));
    }

    private static String key(Hands hands, Visitor alan) {
        alan.go("/keys");
        hands.write(alan.page().locator("main input[name=name]"), "curl");
        hands.press(button(alan.page(), "Make the key"));
        return alan.page().locator("#fresh-key").textContent().strip();
    }

    private static void call(String site, String key) throws Exception {
        Process curl = new ProcessBuilder(
                        "curl",
                        "-sS",
                        site + "/v1/algo/grace/parrot",
                        "-H",
                        "Authorization: Simple " + key,
                        "-H",
                        "Content-Type: application/json",
                        "-d",
                        "\"Hello, Polly\"")
                .redirectErrorStream(true)
                .start();
        String answer = new String(curl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(answer).contains("\"result\":\"Hello, Polly\"");
    }

    private static List<Long> royalties(PackagedGateway gateway) throws Exception {
        List<Long> royalties = new ArrayList<>();
        try (Connection database = gateway.database();
                Statement statement = database.createStatement();
                ResultSet charges = statement.executeQuery(
                        "SELECT royalty FROM charge WHERE algorithm LIKE '%parrot' ORDER BY charged_at")) {
            while (charges.next()) {
                royalties.add(charges.getLong(1));
            }
        }
        return royalties;
    }

    private static Locator button(Page page, String name) {
        return page.locator("main")
                .getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions().setName(name).setExact(true));
    }
}
