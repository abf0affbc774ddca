package io.algomat.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@QuarkusTest
class BrowserTest {
    @RegisterExtension
    static final Browser BROWSER = new Browser();

    @Test
    void aVisitorNoticesWhatGoesWrongOnAPage() {
        Visitor visitor = BROWSER.visitor();
        assertThat(visitor.go("/q/health")).isEqualTo(200);
        visitor.page().evaluate("console.error('broken')");
        visitor.page().waitForTimeout(50);
        assertThat(visitor.problems()).anyMatch(problem -> problem.contains("broken"));
    }

    @Test
    void aVisitorNoticesWhatIsTooWide() {
        Visitor visitor = BROWSER.visitor(Theme.DARK, 390);
        visitor.page().setContent("<p style='width: 300px'>narrow");
        assertThat(visitor.scrollsSideways()).isFalse();
        visitor.page().setContent("<p style='width: 900px'>wide");
        assertThat(visitor.scrollsSideways()).isTrue();
    }
}
