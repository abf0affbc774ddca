package io.algomat.web.accounts;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.algomat.accounts.Sessions;
import io.algomat.testing.Accounts;
import io.algomat.testing.Browser;
import io.algomat.testing.Visitor;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A page that keeps itself up to date, in a real browser, whose session ends meanwhile. */
@QuarkusTest
class EndedSessionTest {
    @RegisterExtension
    static final Browser BROWSER = new Browser();

    @Inject
    Sessions sessions;

    @Test
    void thePageGoesToTheSignInByItselfAndComesBack() {
        Accounts.User keeper = Accounts.administrator("kept");
        Visitor visitor = BROWSER.visitor().signedIn(keeper);
        Page page = visitor.page();
        assertThat(visitor.go("/admin/workers")).isEqualTo(200);
        assertThat(visitor.problems()).isEmpty();

        sessions.endAll(keeper.ownerId());

        page.waitForURL("**/sign-in?next=%2Fadmin%2Fworkers");
        // The browser's own line about the 401, which htmx answered with the sign-in.
        assertThat(visitor.problems()).allMatch(problem -> problem.contains("401"));
        page.locator("#name").fill(keeper.name());
        page.locator("#password").fill(Accounts.PASSWORD);
        page.locator("main form button").click();
        page.waitForURL("**/admin/workers");
        assertThat(page.locator("main h1")).isVisible();
    }
}
