package io.algomat.web.accounts;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.sun.net.httpserver.HttpServer;
import io.algomat.testing.Browser;
import io.algomat.testing.Keycloak;
import io.algomat.testing.PackagedGateway;
import io.algomat.testing.Parrot;
import io.algomat.testing.Theme;
import io.algomat.testing.Visitor;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program beside a real Keycloak with the realm of deploy/keycloak, and a real browser between the two. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class KeycloakIT {
    private static final String SECRET = "a client's secret, for the tests alone";
    private static final int TESTED_WITHIN_MS = 90_000;

    @RegisterExtension
    static final Browser BROWSER = new Browser();

    @TempDir
    static Path folder;

    private static Keycloak keycloak;
    private static PackagedGateway gateway;
    /** An access token of ada's, from the realm's client for programs. */
    private static String token;

    @BeforeAll
    static void start() throws Exception {
        int port = freePort();
        keycloak = Keycloak.start(folder, freePort(), "http://127.0.0.1:" + port, SECRET);
        keycloak.password("ada");
        keycloak.password("grace");
        gateway = PackagedGateway.start(
                folder.resolve("data"),
                "-Dalgomat.port=" + port,
                "-Dalgomat.public-url=http://127.0.0.1:" + port,
                "-Dalgomat.oidc.url=" + keycloak.url(),
                "-Dalgomat.oidc.client-secret=" + SECRET);
        gateway.line("Try:");
    }

    @AfterAll
    static void stop() throws Exception {
        if (keycloak != null) {
            keycloak.close();
        }
        if (gateway != null) {
            gateway.close();
        }
    }

    @Test
    @Order(1)
    void somebodyOfTheRealmSignsInPublishesAndSignsOut() throws Exception {
        Visitor ada = visitor();
        signIn(ada, "ada");
        Page page = ada.page();
        page.waitForURL("**/sign-in/first");
        assertThat(page.locator("main")).containsText("ada");
        button(page, "Make the account").click();
        page.waitForURL("**/publish");

        publish(page, Parrot.bundle(folder, "ada"));
        assertThat(ada.go("/admin/users")).isEqualTo(200);
        token = token(ada);

        ada.go("/account");
        page.locator("details.account summary").click();
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName("Sign out").setExact(true))
                .click();
        page.waitForURL("**/algorithms");
        ada.problems();
        ada.go("/sign-in/provider");
        assertThat(page.locator("#kc-login")).isVisible();
        ada.problems();
    }

    @Test
    @Order(2)
    void aTokenOfTheRealmCalls() throws Exception {
        HttpResponse<String> called = call("Bearer " + token);

        assertThat(called.statusCode()).as(called.body()).isEqualTo(200);
        assertThat(called.body()).contains("\"result\":\"Hello, Polly\"");
    }

    @Test
    @Order(3)
    void theRoleIsNotEveryones() {
        Visitor grace = visitor();
        signIn(grace, "grace");
        button(grace.page(), "Make the account").click();
        grace.page().waitForURL("**/publish");

        assertThat(grace.go("/admin/users")).isEqualTo(404);
        grace.problems();
    }

    @Test
    @Order(4)
    void sessionsThatEndInKeycloakEndHere() throws Exception {
        Visitor ada = visitor();
        signIn(ada, "ada");
        ada.page().waitForURL("**/publish");
        ada.problems();

        keycloak.endSessions("ada");

        Awaitility.await().untilAsserted(() -> {
            ada.go("/account");
            assertThat(ada.page().url()).contains("/sign-in?next=");
        });
    }

    @Test
    @Order(5)
    void withoutKeycloakAllGoesOnButSigningInWithIt() throws Exception {
        Visitor grace = visitor();
        signIn(grace, "grace");
        grace.page().waitForURL("**/publish");
        grace.problems();
        Visitor stranger = visitor();

        keycloak.kill();

        assertThat(grace.go("/account")).isEqualTo(200);
        assertThat(call(gateway.line("Try:").replaceAll(".*(Simple \\w+).*", "$1"))
                        .statusCode())
                .isEqualTo(200);
        assertThat(call("Bearer " + token).statusCode()).isEqualTo(200);
        stranger.go("/sign-in");
        assertThat(stranger.page().locator("main input[name=password]")).isVisible();
    }

    @Test
    @Order(6)
    void aStartWithoutKeycloakSucceedsAndSaysHowToSignIn() throws Exception {
        gateway.stop();
        int port = freePort();
        gateway = PackagedGateway.start(
                folder.resolve("data"),
                "-Dalgomat.port=" + port,
                "-Dalgomat.samples=false",
                "-Dalgomat.oidc.url=" + keycloak.url(),
                "-Dalgomat.oidc.client-secret=" + SECRET);
        Visitor stranger = BROWSER.visitor(gateway.page(), Theme.LIGHT, 1280);

        assertThat(stranger.go("/sign-in/provider")).isEqualTo(503);

        assertThat(stranger.page().locator("main")).containsText("Keycloak does not answer");
        stranger.problems();
        stranger.page().getByText("Sign in with a password").click();
        assertThat(stranger.page().locator("main input[name=password]")).isVisible();
    }

    private static Visitor visitor() {
        return BROWSER.visitor(gateway.page(), Theme.LIGHT, 1280);
    }

    private static void signIn(Visitor visitor, String name) {
        visitor.go("/sign-in?next=/publish");
        Page page = visitor.page();
        page.getByText("Sign in with Keycloak").click();
        page.locator("#username").fill(name);
        page.locator("#password").fill(Keycloak.PASSWORD);
        page.locator("#kc-login").click();
        page.waitForURL(gateway.page() + "/**");
        visitor.problems();
    }

    private static void publish(Page page, Path bundle) {
        page.locator("#bundle").setInputFiles(bundle);
        button(page, "Upload and test").click();
        assertThat(page.locator("#draft"))
                .containsText(
                        "ready to publish", new LocatorAssertions.ContainsTextOptions().setTimeout(TESTED_WITHIN_MS));
        button(page, "Publish").click();
        page.waitForURL("**/algorithms/ada/parrot**");
    }

    /** As a program of ada's own gets one: in her browser, with PKCE, to a loopback port. */
    private static String token(Visitor ada) throws Exception {
        CompletableFuture<String> code = new CompletableFuture<>();
        HttpServer program = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        program.createContext("/", http -> {
            code.complete(http.getRequestURI().getQuery().replaceAll(".*\\bcode=([^&]+).*", "$1"));
            http.sendResponseHeaders(204, -1);
            http.close();
        });
        program.start();
        try {
            String back = "http://127.0.0.1:" + program.getAddress().getPort() + "/";
            String verifier = "a verifier that is long enough for the rules of PKCE".replace(' ', '-');
            String challenge = Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(
                            MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII)));
            String address = keycloak.url() + "/protocol/openid-connect/auth?response_type=code&client_id=algomat-calls"
                    + "&scope=openid&code_challenge_method=S256&code_challenge=" + challenge + "&redirect_uri="
                    + URLEncoder.encode(back, StandardCharsets.UTF_8);
            ada.page().evaluate("address => { location.href = address }", address);
            JsonNode tokens = keycloak.form(
                    keycloak.url() + "/protocol/openid-connect/token",
                    Map.of(
                            "grant_type",
                            "authorization_code",
                            "client_id",
                            "algomat-calls",
                            "code",
                            code.get(30, TimeUnit.SECONDS),
                            "code_verifier",
                            verifier,
                            "redirect_uri",
                            back));
            ada.problems();
            return tokens.path("access_token").asText(tokens.toString());
        } finally {
            program.stop(0);
        }
    }

    private static HttpResponse<String> call(String authorization) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(gateway.page() + "/v1/algo/ada/parrot"))
                                .header("Authorization", authorization)
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString("\"Hello, Polly\""))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    private static Locator button(Page page, String name) {
        return page.locator("main")
                .getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions().setName(name).setExact(true));
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
