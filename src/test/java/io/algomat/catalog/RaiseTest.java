package io.algomat.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.algomat.platform.Credits;
import io.algomat.platform.Ids;
import io.algomat.platform.Sql;
import io.algomat.testing.Accounts;
import io.algomat.testing.Bundles;
import io.algomat.testing.PagesBundle;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A raise is announced before anybody pays it who did not ask for it. */
@QuarkusTest
class RaiseTest {
    @Inject
    VersionResolver versions;

    @Inject
    PublishedAlgorithms published;

    @Inject
    CatalogConfig config;

    @Inject
    SearchCatchUp catchUp;

    @ConfigProperty(name = "algomat.db.url")
    String url;

    @ConfigProperty(name = "algomat.db.owner-username")
    String databaseOwner;

    @ConfigProperty(name = "algomat.db.owner-password")
    String ownerPassword;

    @Inject
    Sql sql;

    private Accounts.User publisher;
    private String name;
    private int uploads;

    @BeforeEach
    void publisher() {
        publisher = Accounts.user("raises");
        name = "R_" + Ids.random("t").substring(2, 12);
    }

    private void publish(Step step, String royalty) {
        Map<String, String> files = Bundles.identityFiles(publisher.name(), name);
        files.put("difference.txt", "upload " + uploads++);
        Bundles.publish(
                Bundles.zip(files),
                new Publication(step, Visibility.PUBLIC, Credits.parse(royalty), ""),
                publisher.caller());
    }

    private String resolved(VersionResolver by, @Nullable String segment) {
        return by.resolve(publisher.name(), name, segment, null).version();
    }

    /** As a gateway sees it so much later. */
    private VersionResolver in(Duration time) {
        return new VersionResolver(published, config, Clock.offset(Clock.systemUTC(), time));
    }

    @Test
    void whoNamesNoVersionKeepsTheOldPriceUntilTheDayThatWasAnnounced() {
        publish(Step.MAJOR, "2");
        publish(Step.MINOR, "3");

        assertThat(resolved(versions, null)).isEqualTo("1.0.0");
        assertThat(resolved(versions, "1")).isEqualTo("1.0.0");
        assertThat(resolved(versions, "1.1.0")).isEqualTo("1.1.0");
        // A range that has nothing else.
        assertThat(resolved(versions, "1.1")).isEqualTo("1.1.0");
        Raise raise = versions.raise(versions.resolve(publisher.name(), name, null, null))
                .orElseThrow();
        assertThat(raise.version()).isEqualTo("1.1.0");
        assertThat(raise.price().royalty()).isEqualTo(Credits.of(2));
        assertThat(raise.raised().royalty()).isEqualTo(Credits.of(3));
        assertThat(raise.from())
                .isBetween(
                        Instant.now().plus(Duration.ofDays(7)).minusSeconds(600),
                        Instant.now().plus(Duration.ofDays(7)));

        assertThat(resolved(in(Duration.ofDays(7).minusMinutes(11)), null)).isEqualTo("1.0.0");
        VersionResolver later = in(Duration.ofDays(7));
        assertThat(resolved(later, null)).isEqualTo("1.1.0");
        assertThat(later.raise(later.resolve(publisher.name(), name, null, null)))
                .isEmpty();
    }

    private String found() {
        return sql.first(
                        "SELECT v.major || '.' || v.minor || '.' || v.patch AS version FROM search_document d"
                                + " JOIN version v ON v.id = d.version_id JOIN algorithm a ON a.id = d.algorithm_id"
                                + " WHERE a.owner_id = ? AND a.name = ?",
                        row -> row.getString("version"),
                        publisher.ownerId(),
                        name)
                .orElseThrow();
    }

    @Test
    void searchTellsTheOldPriceUntilTheDayThatWasAnnounced() throws SQLException {
        publish(Step.MAJOR, "2");
        publish(Step.MINOR, "3");
        assertThat(found()).isEqualTo("1.0.0");
        catchUp.catchUp();
        assertThat(found()).isEqualTo("1.0.0");

        try (Connection asOwner = DriverManager.getConnection(url, databaseOwner, ownerPassword);
                Statement day = asOwner.createStatement()) {
            day.execute("UPDATE version v SET newest_from = now() FROM algorithm a WHERE a.id = v.algorithm_id"
                    + " AND v.minor = 1 AND a.owner_id = " + publisher.ownerId());
        }
        // The day came by itself, and not by an update whose trigger has done it already.
        sql.update(
                "UPDATE search_document d SET version_id = v.id FROM version v JOIN algorithm a ON a.id = v.algorithm_id"
                        + " WHERE d.algorithm_id = a.id AND a.owner_id = ? AND v.minor = 0",
                publisher.ownerId());
        assertThat(found()).isEqualTo("1.0.0");
        catchUp.catchUp();
        assertThat(found()).isEqualTo("1.1.0");
    }

    @Test
    void aLowerOrEqualPriceCountsAtOnce() {
        publish(Step.MAJOR, "2");
        publish(Step.MINOR, "1");
        assertThat(resolved(versions, null)).isEqualTo("1.1.0");
        publish(Step.REVISION, "1");
        assertThat(resolved(versions, null)).isEqualTo("1.1.1");
    }

    private void publish(Step step, String royalty, String unit) {
        Map<String, String> files =
                PagesBundle.files(publisher.name(), name, "{unit: {metric: pages, credits: " + unit + "}}");
        files.put("difference.txt", "upload " + uploads++);
        Bundles.publish(
                Bundles.zip(files),
                new Publication(step, Visibility.PUBLIC, Credits.parse(royalty), ""),
                publisher.caller());
    }

    @Test
    void aUnitPriceRisesLikeARoyalty() {
        publish(Step.MAJOR, "2");
        publish(Step.MINOR, "2", "0.5, max: 10");
        assertThat(resolved(versions, null)).as("announced first").isEqualTo("1.0.0");
        assertThat(resolved(in(Duration.ofDays(8)), null)).isEqualTo("1.1.0");

        assertThatThrownBy(() -> publish(Step.REVISION, "2", "0.4, max: 10"))
                .hasMessageContaining("A revision keeps the unit price, 0.5 credits per page, at most 10 pages");
        assertThatThrownBy(() -> publish(Step.REVISION, "2"))
                .hasMessageContaining("algomat.yaml says none; choose a minor or major step");
        publish(Step.REVISION, "2", "0.5, max: 10");
        publish(Step.MINOR, "2", "0.4, max: 10");
        assertThat(resolved(in(Duration.ofDays(8)), null)).as("a lower one").isEqualTo("1.2.0");
        Raise raise = versions.raise(versions.resolve(publisher.name(), name, null, null))
                .orElseThrow();
        assertThat(String.valueOf(raise.raised().unit())).isEqualTo("0.5 credits per page, at most 10 pages");
    }

    @Test
    void whatIsFreeGetsAUnitPriceByAMajorStepAlone() {
        publish(Step.MAJOR, "0");
        assertThatThrownBy(() -> publish(Step.MINOR, "0", "0.5, max: 10"))
                .hasMessageContaining("What was free becomes paid only with a major step");
        publish(Step.MAJOR, "0", "0.5, max: 10");
        assertThat(resolved(versions, null)).isEqualTo("1.0.0");
        publish(Step.MINOR, "3", "0.5, max: 10");
    }

    @Test
    void callersOfThatAlgorithmAreToldInTheAnswerOnThePageOnRunsAndByPricing() {
        publish(Step.MAJOR, "2");
        publish(Step.MAJOR, "5");
        Accounts.User caller = Accounts.user("calls");
        call(caller, "")
                .header("X-Algomat-Cost", startsWith("2"))
                .body("metadata.alerts[0]", containsString("the price rises on"))
                .body("metadata.alerts[0]", containsString("royalty 5 in place of 2 credits; name version 1.0.0"));
        call(caller, "/1.0.0").body("metadata.alerts", nullValue());
        call(caller, "/2.0.0").header("X-Algomat-Cost", startsWith("5")).body("metadata.alerts", nullValue());

        String path = publisher.name() + "/" + name;
        RestAssured.given()
                .get("/api/algorithms/" + path + "/pricing")
                .then()
                .body("version", equalTo("1.0.0"))
                .body("royalty", equalTo("2"))
                .body("announced.version", equalTo("2.0.0"))
                .body("announced.royalty", equalTo("5"));
        RestAssured.given()
                .get("/algorithms/" + path)
                .then()
                .statusCode(200)
                .body(containsString("The price rises on"), containsString("royalty 5 credits in place of 2"));
        caller.page().get("/runs").then().statusCode(200).body(containsString(path + " rises in price on"));
        Accounts.user("other").page().get("/runs").then().body(not(containsString("rises in price")));
    }

    private ValidatableResponse call(Accounts.User caller, String version) {
        return caller.api()
                .header("Content-Type", "text/plain")
                .body("x")
                .post("/v1/algo/" + publisher.name() + "/" + name + version)
                .then()
                .statusCode(200);
    }
}
