package io.algomat.calls;

import static org.assertj.core.api.Assertions.assertThat;

import io.algomat.testing.Accounts;
import io.algomat.testing.PublishedEcho;
import io.algomat.testing.PublishedEcho.Echo;
import io.algomat.testing.Scrape;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import org.junit.jupiter.api.Test;

/** What a scrape tells after real calls: the names that operators and the dashboard rely on, and the right numbers. */
@QuarkusTest
class MetricsTest {
    private final Accounts.User caller = Accounts.user("metrics");

    @Test
    void aColdAndAWarmCallAreCountedWithTheirPhases() {
        Echo echo = new PublishedEcho().price(0, 0).delayMillis(20).publish();
        Scrape before = Scrape.now();

        call(echo.path()).statusCode(200);
        call(echo.path()).statusCode(200);

        Scrape after = Scrape.now();
        assertThat(grown(before, after, "algo_calls_total{outcome=\"succeeded\"}"))
                .isEqualTo(2);
        assertThat(grown(before, after, "algo_call_seconds_count{phase=\"total\"}"))
                .isEqualTo(2);
        assertThat(grown(before, after, "algo_call_seconds_count{phase=\"queue\"}"))
                .isEqualTo(2);
        assertThat(grown(before, after, "algo_call_seconds_count{phase=\"init\"}"))
                .as("cold")
                .isEqualTo(1);
        double compute = grown(before, after, "algo_call_seconds_sum{phase=\"compute\"}");
        assertThat(compute).as("two runs of 20 ms").isBetween(0.04, 2.0);
        assertThat(grown(before, after, "algo_call_seconds_sum{phase=\"total\"}"))
                .isGreaterThan(compute + grown(before, after, "algo_call_seconds_sum{phase=\"init\"}"));
        assertThat(grown(before, after, "algo_batch_size_count")).isEqualTo(2);
        assertThat(grown(before, after, "algo_cold_starts_total")).isEqualTo(1);
        assertThat(grown(before, after, "algo_cold_start_seconds_count")).isEqualTo(1);
        assertThat(grown(before, after, "algo_pool_decisions_total{kind=\"started\"}"))
                .isEqualTo(1);
    }

    @Test
    void whatPoolsHoldIsToldByStateAndDevice() {
        Echo echo = new PublishedEcho().price(0, 0).publish();
        call(echo.path()).statusCode(200);

        Scrape now = Scrape.now();
        assertThat(now.value("algo_slots{state=\"idle\"}")).isGreaterThanOrEqualTo(1);
        assertThat(now.value("algo_queue_depth")).isZero();
        assertThat(now.value("algo_oldest_wait_seconds")).isZero();
        assertThat(now.value("algo_model_bytes{device=\"cpu\"}"))
                .isBetween(100e6, now.value("algo_model_bytes_limit{device=\"cpu\"}"));
        assertThat(now.names())
                .contains(
                        "algo_model_evictions_total",
                        "algo_autoscale_desired",
                        "algo_retries_total",
                        "algo_worker_restarts_total",
                        "algo_calls_unlogged_total",
                        "algo_call_seconds_bucket",
                        "algo_batch_size_bucket");
    }

    @Test
    void refusalsAndDeathsAtTheStartHaveReasons() {
        Echo broken = new PublishedEcho().price(0, 0).unloadable().publish();
        Scrape before = Scrape.now();

        call(broken.path()).statusCode(200);
        call("nobody/nothing").statusCode(404);

        Scrape after = Scrape.now();
        assertThat(grown(before, after, "algo_calls_total{outcome=\"failed\"}")).isEqualTo(1);
        assertThat(grown(before, after, "algo_worker_restarts_total{reason=\"crashed\"}"))
                .isGreaterThanOrEqualTo(1);
        assertThat(grown(before, after, "algo_rejects_total{code=\"404\",reason=\"not-found\"}"))
                .isEqualTo(1);
    }

    @Test
    void nothingTellsWhoCallsWhat() {
        Echo echo = new PublishedEcho().price(0, 0).publish();
        call(echo.path()).statusCode(200);

        assertThat(Scrape.now().samples())
                .noneMatch(sample -> sample.contains(caller.name())
                        || sample.contains(echo.name())
                        || sample.contains("version-" + echo.versionId()));
    }

    private ValidatableResponse call(String path) {
        return caller.api()
                .contentType("text/plain")
                .body("Hello")
                .post("/v1/algo/" + path)
                .then();
    }

    private static double grown(Scrape before, Scrape after, String sample) {
        return after.value(sample) - before.value(sample);
    }
}
