package io.algomat.fronts.algorithmia;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.algomat.accounts.Caller;
import io.algomat.billing.Billing;
import io.algomat.calls.CallLog;
import io.algomat.calls.UpdateStatistics;
import io.algomat.catalog.Publication;
import io.algomat.catalog.Step;
import io.algomat.catalog.Visibility;
import io.algomat.platform.Credits;
import io.algomat.platform.Ids;
import io.algomat.platform.Sql;
import io.algomat.testing.Accounts;
import io.algomat.testing.Bundles;
import io.algomat.testing.PagesBundle;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A price per page, from the upload of an algorithm that reports pages to the caller's receipt. */
@QuarkusTest
class UnitsOfCallsTest {
    private static Accounts.@Nullable User publisher;
    private static Bundles.@Nullable Algorithm pages;

    @Inject
    Billing billing;

    @Inject
    CallLog log;

    @Inject
    UpdateStatistics statistics;

    @Inject
    Sql sql;

    private Accounts.User caller;

    @BeforeEach
    void published() {
        caller = Accounts.user("reads");
        if (pages == null) {
            publisher = Accounts.user("pages");
            pages = publish(
                    PagesBundle.files(
                            publisher.name(), "pages", "{royalty: 1, unit: {metric: pages, credits: 2, max: 10}}"),
                    publisher.caller());
        }
    }

    private static Bundles.Algorithm publish(Map<String, String> files, Caller by) {
        return Bundles.publish(Bundles.zip(files), new Publication(Step.MAJOR, Visibility.PUBLIC, null, ""), by);
    }

    private static Response call(Accounts.User by, Bundles.Algorithm algorithm, String input, String... header) {
        return by.api()
                .header("Content-Type", "application/json")
                .headers(header.length == 0 ? Map.of() : Map.of(header[0], header[1]))
                .body(input)
                .post("/v1/algo/" + algorithm.path());
    }

    private static Credits cost(Response answer) {
        return Credits.parse(answer.header("X-Algomat-Cost"));
    }

    /** Without its compute, which is another each time. */
    private static Credits withoutCompute(Response answer, long millisAtMost) {
        long micro = cost(answer).micro();
        assertThat(micro % 1_000_000).as("compute, of no whole second").isBetween(1000L, millisAtMost * 1000);
        return Credits.of(micro / 1_000_000);
    }

    @Test
    void aCallPaysForWhatItReportedAndIsToldSo() {
        Response answer = call(caller, pages, "3");

        answer.then()
                .statusCode(200)
                .body("result", equalTo(3))
                .header("X-Algomat-Units", "3 pages")
                .header("X-Algomat-Unit-Cost", "6");
        assertThat(withoutCompute(answer, 999)).isEqualTo(Credits.of(7));
        log.flush();
        String row = sql.first(
                        "SELECT units || ' ' || unit_metric || ' ' || unit_cost || ' ' || royalty AS said FROM call_log"
                                + " WHERE caller_id = ?",
                        found -> found.getString("said"),
                        caller.ownerId())
                .orElseThrow();
        assertThat(row).isEqualTo("3000 pages 6000000 7000000");
    }

    @Test
    void moreThanTheMostIsNotBilledAndNothingReportedCostsNothing() {
        call(caller, pages, "1e18").then().header("X-Algomat-Units", "10 pages").header("X-Algomat-Unit-Cost", "20");
        call(caller, pages, "0").then().header("X-Algomat-Units", "0 pages").header("X-Algomat-Unit-Cost", "0");
    }

    @Test
    void aFailedCallIsFreeAndOnesOwnCostsNoUnits() {
        call(caller, pages, "-1")
                .then()
                .body("error.message", containsString("the metric pages is -1"))
                .header("X-Algomat-Cost", "0")
                .header("X-Algomat-Units", nullValue());
        Response own = call(publisher, pages, "5");
        own.then().header("X-Algomat-Units", "5 pages").header("X-Algomat-Unit-Cost", "0");
        assertThat(withoutCompute(own, 999)).isEqualTo(Credits.ZERO);
    }

    @Test
    void aCallWithinMaxCostEndsFreeWhenItReportsMoreThanThatPays() {
        Credits before = billing.available(caller.ownerId());
        call(caller, pages, "4", "Max-Cost", "8")
                .then()
                .statusCode(402)
                .header("X-Algomat-Error", "payment-required")
                .body("error.message", containsString("reported 4 units"));
        assertThat(billing.available(caller.ownerId())).isEqualTo(before);
        Response paid = call(caller, pages, "3", "Max-Cost", "8");
        assertThat(withoutCompute(paid, 999)).isEqualTo(Credits.of(7));
    }

    @Test
    void anAlgorithmThatCallsItBySaysPaysInsideItsRoot() {
        Map<String, String> files = new LinkedHashMap<>(Bundles.identityFiles(caller.name(), "twice"));
        files.compute(
                "algomat.yaml",
                (_, manifest) -> String.valueOf(manifest)
                        .replace("task: identity", "runtime: node\nentry: algo.js\ncalls: [" + pages.path() + "]")
                        .replace("input: Hello", "input: 1")
                        .replace("expect: Hello", "expect: [1, 1]"));
        files.put("algo.js", """
                const algorithmia = require('algorithmia');
                exports.apply = async (pages) => {
                  const one = async () => (await algorithmia.algo('%s').pipe(pages)).get();
                  return [await one(), await one()];
                };
                """.formatted(pages.path()));
        Bundles.Algorithm twice = publish(files, caller.caller());
        Accounts.User payer = Accounts.user("pays");
        long earned = earned();

        Response answer = call(payer, twice, "2");

        answer.then().statusCode(200).body("result", equalTo(java.util.List.of(2, 2)));
        assertThat(withoutCompute(answer, 999)).isEqualTo(Credits.of(10));
        // 85 % of twice 1 credit and 2 pages; shown, not payable, since the payer had promo credit alone.
        assertThat(earned() - earned).isEqualTo(8_500_000);
    }

    private long earned() {
        return sql.first(
                        "SELECT sum(balance) FROM ledger_account WHERE owner_id = ? AND kind LIKE 'earnings%'",
                        row -> row.getLong(1), publisher.ownerId())
                .orElseThrow();
    }

    @Test
    void priceAndEstimateAreToldBeforeACallAndUnitsAfterIt() {
        for (int i = 0; i < 3; i++) {
            call(caller, pages, "2");
        }
        Bundles.Algorithm rare = publish(
                PagesBundle.files(
                        publisher.name(), "rare", "{unit: {metric: pages, credits: 0.5, per: 100, max: 1000}}"),
                publisher.caller());
        call(caller, rare, "250").then().header("X-Algomat-Unit-Cost", "1.25");
        log.flush();
        statistics.update();

        caller.api()
                .get("/api/algorithms/" + rare.path() + "/pricing")
                .then()
                .body("unit.metric", equalTo("pages"))
                .body("unit.credits", equalTo("0.5"))
                .body("unit.per", equalTo(100))
                .body("unit.max", equalTo(1000))
                .body("hold", equalTo("65"))
                .body("estimate.medianUnits", equalTo("250"))
                .body("estimate.median", startsWith("1.2"));
        publisher
                .api()
                .get("/api/algorithms/" + rare.path() + "/pricing")
                .then()
                .body("hold", equalTo("60"))
                .body("estimate.median", startsWith("0.0"));
        caller.page()
                .get("/algorithms/" + rare.path())
                .then()
                .statusCode(200)
                .body(containsString("+ 0.5 credits per 100 pages, at most 1000 pages"));
        caller.page().get("/algorithms/" + rare.path() + "/about").then().body(containsString("usually 250"));
        caller.page().get("/runs").then().statusCode(200).body(containsString("250 pages"));
        String id = caller.api()
                .get("/api/billing/charges")
                .then()
                .body("charges[0].units.metric", equalTo("pages"))
                .body("charges[0].units.count", equalTo("250"))
                .body("charges[0].units.cost", equalTo("1.25"))
                .extract()
                .path("charges[0].call");
        caller.page().get("/runs/" + id).then().statusCode(200).body(containsString("for 250 pages"));
        assertThat(caller.page().get("/runs/calls.csv").asString()).contains(",250,pages,1.25");
    }

    @Test
    void aSampleThatNeverReportsThePricedMetricIsNotPublished() {
        Map<String, String> files = PagesBundle.files(
                publisher.name(),
                "p_" + Ids.random("t").substring(2, 10),
                "{unit: {metric: page, credits: 2, max: 10}}");

        var draft = Bundles.receiveTested(Bundles.zip(files), publisher.caller());

        assertThat(draft.log())
                .anySatisfy(line -> assertThat(line.text()).contains("it reported 1 pages"))
                .anySatisfy(line -> assertThat(line.text()).contains("no sample reported that metric"));
        assertThat(draft.state().wire()).isEqualTo("failed");
    }
}
