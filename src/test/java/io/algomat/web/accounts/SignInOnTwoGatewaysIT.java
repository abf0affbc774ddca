package io.algomat.web.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.algomat.testing.Browser;
import io.algomat.testing.Keycloak;
import io.algomat.testing.Ports;
import io.algomat.testing.Switchboard;
import io.algomat.testing.Theme;
import io.algomat.testing.TwoGateways;
import io.algomat.testing.Visitor;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * The real Keycloak and a real browser before two gateways: each step of a sign-in goes to the gateway that did not take the
 * one before, as behind a proxy that keeps nobody to one of them.
 */
class SignInOnTwoGatewaysIT {
    private static final String SECRET = "a client's secret, for the tests alone";
    /** Keycloak, two gateways that have just started and a browser share the machine. */
    private static final int PATIENCE_MS = 60_000;

    @RegisterExtension
    static final Browser BROWSER = new Browser();

    @TempDir
    static Path folder;

    private static Switchboard site;
    private static Keycloak keycloak;
    private static TwoGateways gateways;

    @BeforeAll
    static void start() throws Exception {
        site = new Switchboard();
        keycloak = Keycloak.start(folder, Ports.free(), site.page(), SECRET);
        keycloak.password("ada");
        gateways = new TwoGateways(
                folder,
                "-Dalgomat.public-url=" + site.page(),
                "-Dalgomat.oidc.url=" + keycloak.url(),
                "-Dalgomat.oidc.client-secret=" + SECRET);
    }

    @AfterAll
    static void stop() throws Exception {
        if (gateways != null) {
            gateways.close();
        }
        if (keycloak != null) {
            keycloak.close();
        }
        site.close();
    }

    @Test
    void aSignInBeginsOnOneAndEndsOnTheOtherAndSoDoesTheSession() throws Exception {
        Visitor ada = BROWSER.visitor(site.page(), Theme.LIGHT, 1280);
        ada.context().setDefaultTimeout(PATIENCE_MS);
        Page page = ada.page();
        beginOnTheFirst(ada);
        site.to(gateways.second());
        page.locator("#kc-login").click();
        page.waitForURL("**/sign-in/first");
        site.to(gateways.first());
        button(page, "Make the account").click();
        page.waitForURL("**/publish");
        site.to(gateways.second());
        assertThat(ada.go("/admin/users")).as("the role came along").isEqualTo(200);

        ada.go("/account");
        page.locator("details.account summary").click();
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName("Sign out").setExact(true))
                .click();
        page.waitForURL("**/algorithms");
        site.to(gateways.first());
        ada.go("/account");
        assertThat(page.url()).contains("/sign-in?next=");
        ada.problems();

        // The second time ada is known. Keycloak tells the first gateway alone that her session has ended.
        beginOnTheFirst(ada);
        site.to(gateways.second());
        page.locator("#kc-login").click();
        page.waitForURL("**/publish");
        ada.problems();
        site.to(gateways.first());
        keycloak.endSessions("ada");
        site.to(gateways.second());
        Awaitility.await().atMost(Duration.ofMillis(PATIENCE_MS)).untilAsserted(() -> {
            ada.go("/account");
            assertThat(page.url()).contains("/sign-in?next=");
        });
        ada.problems();
    }

    private static void beginOnTheFirst(Visitor ada) throws Exception {
        site.to(gateways.first());
        ada.go("/sign-in?next=/publish");
        Page page = ada.page();
        page.getByText("Sign in with Keycloak").click();
        page.locator("#username").fill("ada");
        page.locator("#password").fill(Keycloak.PASSWORD);
        ada.problems();
    }

    private static Locator button(Page page, String name) {
        return page.locator("main")
                .getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions().setName(name).setExact(true));
    }
}
