package io.algomat.web.catalog;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import io.algomat.catalog.CatalogFixture;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

@QuarkusTest
class CatalogPageTest {
    @Inject
    CatalogFixture fixture;

    @Test
    void aSearchIsAnAddress() {
        String word = CatalogFixture.unique();
        fixture.publish(CatalogFixture.Draft.of("seekers", word).title("Finder of " + word));
        given().queryParam("q", word)
                .get("/algorithms")
                .then()
                .statusCode(200)
                .body(containsString("Finder of " + word), containsString("<html"));
        given().queryParam("q", word)
                .header("HX-Request", "true")
                .get("/algorithms")
                .then()
                .statusCode(200)
                .body(containsString("Finder of " + word), not(containsString("<html")));
        given().queryParam("q", word).get("/api/algorithms").then().statusCode(200).body("algorithms[0].name", equalTo(word));
    }
}
