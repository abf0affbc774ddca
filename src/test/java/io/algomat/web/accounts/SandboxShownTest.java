package io.algomat.web.accounts;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;

import io.algomat.testing.Accounts;
import io.algomat.workers.SandboxReport;
import io.algomat.workers.Workers;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

/** What the sandbox's self-test found, for operators and their tools. */
@QuarkusTest
class SandboxShownTest {
    @Inject
    Workers workers;

    @Test
    void theHealthEndpointTellsWhatWasTriedAndWhatWasRefused() {
        SandboxReport report = workers.sandbox();

        given().get("/q/health/ready")
                .then()
                .statusCode(200)
                .body("checks.find { it.name == 'sandbox' }.status", equalTo("UP"))
                .body("checks.find { it.name == 'sandbox' }.data.available", equalTo(report.available()))
                .body("checks.find { it.name == 'sandbox' }.data.code", equalTo(report.code()))
                .body("checks.find { it.name == 'sandbox' }.data.tried", greaterThanOrEqualTo(12))
                .body("checks.find { it.name == 'sandbox' }.data.refused", equalTo((int) report.held()));
    }

    @Test
    void theMetricsTellWhetherThereIsOne() {
        String metrics =
                given().get("/q/metrics").then().statusCode(200).extract().asString();

        assertThat(metrics)
                .contains("algo_sandbox{for=\"available\"")
                .contains("algo_sandbox{for=\"code\"")
                .contains("algo_sandbox_leaks 0.0");
    }

    @Test
    void theAdministratorSeesEachAttempt() {
        String page = Accounts.administrator("root")
                .page()
                .get("/admin/settings")
                .then()
                .statusCode(200)
                .extract()
                .asString();

        workers.sandbox()
                .attempts()
                .forEach(attempt -> assertThat(page).contains(attempt.name().replace("'", "&#39;")));
        assertThat(page).contains("keep keys in the kernel").contains("refused");
        assertThat(page).containsOnlyOnce("<table>").containsOnlyOnce("</table>");
    }
}
