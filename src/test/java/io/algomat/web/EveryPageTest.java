package io.algomat.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Cookie;
import io.algomat.accounts.ProviderAccount;
import io.algomat.accounts.ResetLinkCommand;
import io.algomat.accounts.SetUpLink;
import io.algomat.accounts.SignInByProvider;
import io.algomat.billing.Closing;
import io.algomat.catalog.PublishSamples;
import io.algomat.platform.Ids;
import io.algomat.testing.Accounts;
import io.algomat.testing.Browser;
import io.algomat.testing.PastCharges;
import io.algomat.testing.Theme;
import io.algomat.testing.Visitor;
import io.algomat.workers.Workers;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What holds for every page: readable by everybody, never wider than a phone, no error on the console. */
@QuarkusTest
class EveryPageTest {
    private static final int PHONE = 390;
    private static final int DESK = 1280;

    /** Answers of page classes that are no pages: redirects, pictures of samples, parts of a page. */
    private static final Set<String> NO_PAGES = Set.of(
            "/",
            "/admin",
            "/algorithms/{owner}/{name}/samples/{number}/input",
            "/algorithms/{owner}/{name}/samples/{number}/output",
            "/publish/drafts/{id}/log",
            "/publish/drafts/{id}/outcome",
            "/publish/drafts/{id}/price",
            "/sign-in/back",
            "/sign-in/provider");

    @RegisterExtension
    static final Browser BROWSER = new Browser();

    @Inject
    SetUpLink setUp;

    @Inject
    ResetLinkCommand resetLink;

    @Inject
    SignInByProvider providers;

    @Inject
    PublishSamples samples;

    @Inject
    Workers workers;

    @Inject
    PastCharges past;

    @Inject
    Closing closing;

    @BeforeEach
    void publishSamples() throws InterruptedException {
        samples.publish(progress -> {});
    }

    /** Every page by its route: an address of it that has something to show. */
    private Map<String, String> pages(Accounts.User user) throws Exception {
        String echo = "/algorithms/demo/echo";
        Map<String, String> pages = new TreeMap<>();
        pages.put("/algorithms", "/algorithms");
        pages.put("/algorithms/{owner}/{name}", echo);
        for (String tab : List.of("about", "api", "samples", "versions")) {
            pages.put("/algorithms/{owner}/{name}/" + tab, echo + "/" + tab);
        }
        pages.put("/problems", "/problems");
        pages.put("/problems/{slug}", "/problems/not-found");
        pages.put("/sign-in", "/sign-in");
        pages.put("/sign-in/first", "/sign-in/first");
        pages.put("/sign-up", "/sign-up");
        pages.put("/reset/{token}", resetLink.link(user.name()));
        setUp.path().ifPresent(path -> pages.put("/set-up/{token}", path));
        pages.put("/account", "/account");
        pages.put("/keys", "/keys");
        pages.put("/limits", "/limits");
        pages.put("/runs", "/runs");
        pages.put("/runs/{call}", "/runs/" + call(user));
        pages.put("/organisations/new", "/organisations/new");
        pages.put("/organisations/{name}", "/organisations/" + organisation(user));
        pages.put("/billing", "/billing");
        pages.put("/billing/earnings", "/billing/earnings");
        pages.put("/admin/billing", "/admin/billing");
        pages.put("/billing/payouts", "/billing/payouts");
        pages.put("/billing/invoices", "/billing/invoices");
        pages.put("/billing/invoices/{no}", "/billing/invoices/" + invoice(user));
        pages.put("/admin/payouts", "/admin/payouts");
        pages.put("/admin/payments", "/admin/payments");
        pages.put("/admin/payments/calls/{call}", "/admin/payments/calls/" + call(user));
        pages.put("/admin/billing/charges", "/admin/billing/charges");
        pages.put("/admin/reconciliation", "/admin/reconciliation");
        pages.put("/owners/{name}", "/owners/demo");
        pages.put("/admin/workers", "/admin/workers");
        pages.put("/admin/workers/{pool}", "/admin/workers/" + pool(user));
        pages.put("/publish", "/publish");
        pages.put("/admin/algorithms", "/admin/algorithms");
        pages.put("/admin/users", "/admin/users");
        pages.put("/admin/users/{name}", "/admin/users/" + user.name());
        pages.put("/admin/settings", "/admin/settings");
        pages.put("/admin/audit", "/admin/audit");
        return pages;
    }

    /** Pages that need a draft or an algorithm of one's own; the tests of publishing look at them. */
    private static final Set<String> LOOKED_AT_ELSEWHERE = Set.of(
            "/publish/drafts/{id}",
            "/publish/sources/{id}",
            "/algorithms/{owner}/{name}/manage",
            "/algorithms/{owner}/{name}/calls",
            "/algorithms/{owner}/{name}/calls/{call}");

    @Test
    void everyPageIsOnTheList() throws Exception {
        Set<String> listed = new TreeSet<>(NO_PAGES);
        listed.addAll(LOOKED_AT_ELSEWHERE);
        listed.addAll(pages(Accounts.user("lister")).keySet());
        listed.add("/set-up/{token}");
        assertThat(listed).isEqualTo(PageRoutes.all());
    }

    @Test
    void pagesAreInOrderForSomebodySignedOut() throws Exception {
        Accounts.User user = Accounts.user("pages");
        Visitor visitor = BROWSER.visitor(Theme.LIGHT, PHONE);
        visitor.context()
                .addCookies(List.of(new Cookie("algomat_arrival", arrival()).setUrl(visitor.site() + "/sign-in/")));
        Map<String, String> pages = pages(user);
        pages.keySet().removeIf(route -> route.startsWith("/admin") || isPersonal(route));
        check(visitor, pages);
    }

    @Test
    void pagesAreInOrderForAUser() throws Exception {
        Accounts.User user = Accounts.user("pages");
        Map<String, String> pages = pages(user);
        pages.keySet().removeIf(route -> route.startsWith("/admin") || isForVisitors(route));
        check(BROWSER.visitor(Theme.LIGHT, PHONE).signedIn(user), pages);
    }

    @Test
    void pagesAreInOrderForAnAdministrator() throws Exception {
        Map<String, String> pages = pages(Accounts.user("pages"));
        pages.keySet().removeIf(route -> !route.startsWith("/admin") && !route.startsWith("/algorithms"));
        check(BROWSER.visitor(Theme.LIGHT, PHONE).signedIn(Accounts.administrator("pages")), pages);
    }

    /** Of somebody whom a provider vouches for, and who is here for the first time. */
    private String arrival() {
        String subject = Ids.random("subject");
        ProviderAccount account = new ProviderAccount("https://login.example", subject, "ada", null, false, null);
        return providers.arrive(account, Optional.empty()) instanceof SignInByProvider.Outcome.First(String token)
                ? token
                : "";
    }

    private static boolean isPersonal(String route) {
        return List.of("/account", "/keys", "/limits", "/runs", "/organisations", "/publish", "/billing").stream()
                .anyMatch(route::startsWith);
    }

    private static boolean isForVisitors(String route) {
        return List.of("/sign-", "/reset", "/set-up").stream().anyMatch(route::startsWith);
    }

    private static void check(Visitor visitor, Map<String, String> pages) {
        List<String> findings = new ArrayList<>();
        pages.forEach((route, path) -> {
            visitor.page().setViewportSize(PHONE, 800);
            visitor.page().emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
            int status = visitor.go(path);
            if (status != 200) {
                findings.add(route + " answered " + status);
            }
            if (visitor.scrollsSideways()) {
                findings.add(route + " scrolls sideways at " + PHONE + " px");
            }
            axe(visitor, route + " light", findings);
            visitor.page().setViewportSize(DESK, 800);
            visitor.page().emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
            if (visitor.scrollsSideways()) {
                findings.add(route + " scrolls sideways at " + DESK + " px");
            }
            axe(visitor, route + " dark", findings);
            visitor.problems().forEach(problem -> findings.add(route + ": " + problem));
        });
        assertThat(findings).as("findings on %d pages", pages.size()).isEmpty();
    }

    private static void axe(Visitor visitor, String where, List<String> findings) {
        new AxeBuilder(visitor.page())
                .setLegacyMode(true)
                .analyze()
                .getViolations()
                .forEach(violation -> findings.add(where + ": " + violation.getId() + ", " + violation.getHelp() + ": "
                        + violation.getNodes().getFirst().getHtml() + " "
                        + violation.getNodes().getFirst().getFailureSummary()));
    }

    private static String call(Accounts.User user) {
        String call = user.api()
                .header("Content-Type", "application/json")
                .body("\"hello\"".getBytes(StandardCharsets.UTF_8))
                .post("/v1/algo/demo/echo")
                .then()
                .statusCode(200)
                .extract()
                .header("X-Algomat-Call-Id");
        user.page().get("/runs/" + call).then().statusCode(200);
        return call;
    }

    /** Of a month long ago. */
    private int invoice(Accounts.User user) {
        YearMonth month = past.freeMonth();
        past.charge(user, null, user.ownerId(), "demo/echo", month.atDay(1), 1_000_000, 50);
        closing.close(month);
        return user.api().get("/api/billing/invoices").then().extract().path("invoices[0].no");
    }

    private String pool(Accounts.User user) {
        call(user);
        return workers.pools().getFirst().pool();
    }

    private static String organisation(Accounts.User user) {
        String name = "org_" + user.name().substring(user.name().length() - 8);
        user.form().formParam("name", name).post("/organisations/new").then().statusCode(303);
        return name;
    }
}
