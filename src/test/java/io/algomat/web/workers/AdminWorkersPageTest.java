package io.algomat.web.workers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.algomat.testing.Accounts;
import io.algomat.testing.Browser;
import io.algomat.testing.PublishedEcho;
import io.algomat.testing.PublishedEcho.Echo;
import io.algomat.testing.Theme;
import io.algomat.testing.Visitor;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The workers' pages after real calls on real workers. */
@QuarkusTest
class AdminWorkersPageTest {
    @RegisterExtension
    static final Browser BROWSER = new Browser();

    private final Accounts.User administrator = Accounts.administrator("keeper");
    private final Accounts.User caller = Accounts.user("worked");

    @Test
    void nobodyButAnAdministratorFindsThem() {
        Echo echo = called(new PublishedEcho());

        caller.page().get("/admin/workers").then().statusCode(404);
        caller.page().get(pool(echo)).then().statusCode(404);
    }

    @Test
    void aPoolIsShownByItsVersionsNameWithWhatItHoldsAndWhy() {
        Echo echo = called(new PublishedEcho());

        administrator
                .page()
                .get("/admin/workers")
                .then()
                .statusCode(200)
                .body(containsString(">" + echo.path() + " 1.0.0</a>"))
                .body(containsString("1 idle"))
                .body(containsString("Memory by device"));
        administrator
                .page()
                .get(pool(echo))
                .then()
                .statusCode(200)
                .body(containsString("started a worker"))
                .body(containsString("1 call waits, the oldest for 0 ms; 0 at work"))
                .body(containsString("not known yet"))
                .body(containsString("shared by all callers"))
                .body(not(containsString("\"Hello")));
    }

    @Test
    void aWorkerThatIsKeptForSomebodyTellsForWhom() {
        Echo echo = called(new PublishedEcho().perCaller());

        administrator
                .page()
                .get(pool(echo))
                .then()
                .body(containsString("each kept for one caller"))
                .body(containsString("<td>" + caller.name() + "</td>"));
    }

    @Test
    void aPoolWhoseWorkersDieSaysSoWithTheReason() {
        Echo broken = called(new PublishedEcho().unloadable());

        administrator
                .page()
                .get(pool(broken))
                .then()
                .body(containsString("a worker died before it was ready"))
                .body(containsString("none-such"))
                .body(containsString("None. The next call starts one, and waits for it."));
    }

    @Test
    void aPoolThatIsNotThereIsNotFoundInWords() {
        administrator
                .page()
                .get("/admin/workers/version-0")
                .then()
                .statusCode(404)
                .body(containsString("There is no pool &#39;version-0&#39; on this gateway"));
    }

    @Test
    void thePageFollowsWithoutBeingLoadedAgainAndTheKeyboardKeepsItsPlace() {
        Echo first = called(new PublishedEcho());
        Visitor visitor = BROWSER.visitor(Theme.LIGHT, 1280).signedIn(administrator);
        visitor.go("/admin/workers");
        Page page = visitor.page();
        page.evaluate("document.body.dataset.loaded = 'once'");
        String link = "#pool-version-" + first.versionId();
        page.locator(link).focus();

        Echo second = called(new PublishedEcho());

        page.locator("#pool-version-" + second.versionId()).waitFor(new Locator.WaitForOptions().setTimeout(20_000));
        assertThat(page.evaluate("document.body.dataset.loaded")).isEqualTo("once");
        assertThat(page.evaluate("'#' + document.activeElement.id")).isEqualTo(link);
        assertThat(visitor.problems()).isEmpty();
    }

    private static String pool(Echo echo) {
        return "/admin/workers/version-" + echo.versionId();
    }

    private Echo called(PublishedEcho algorithm) {
        Echo echo = algorithm.price(0, 0).publish();
        ValidatableResponse answer = caller.api()
                .contentType("application/json")
                .body("\"Hello\"")
                .post("/v1/algo/" + echo.path())
                .then();
        answer.statusCode(200);
        return echo;
    }
}
