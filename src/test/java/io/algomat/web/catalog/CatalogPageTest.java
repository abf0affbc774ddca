package io.algomat.web.catalog;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import io.algomat.catalog.CatalogFixture;
import io.algomat.catalog.CatalogFixture.Draft;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class CatalogPageTest {
    @Inject
    CatalogFixture fixture;

    private final String word = CatalogFixture.unique();

    @Test
    void aSearchIsAnAddress() {
        fixture.publish(Draft.of("seekers", word).title("Finder of " + word));
        given().queryParam("q", word)
                .get("/algorithms")
                .then()
                .statusCode(200)
                .header("Vary", containsString("HX-Request"))
                .body(containsString("Finder of " + word), containsString("<html"));
        given().queryParam("q", word)
                .header("HX-Request", "true")
                .get("/algorithms")
                .then()
                .statusCode(200)
                .body(containsString("Finder of " + word), not(containsString("<html")));
        given().queryParam("q", word)
                .header("HX-Request", "true")
                .header("HX-History-Restore-Request", "true")
                .get("/algorithms")
                .then()
                .body(containsString("<html"));
    }

    @Test
    void programsGetTheSameAsJson() {
        fixture.publish(Draft.of(word, "one").tags(word).royalty(500_000).computeMs(100));
        given().queryParam("tag", word)
                .get("/api/algorithms")
                .then()
                .statusCode(200)
                .body("total", equalTo(1))
                .body("algorithms[0].owner", equalTo(word))
                .body("algorithms[0].name", equalTo("one"))
                .body("algorithms[0].version", equalTo("1.0.0"))
                .body("algorithms[0].price", equalTo("0.6"))
                .body("facets.tag[0].value", equalTo(word))
                .body("facets.tag[0].algorithms", equalTo(1));
    }

    @Test
    void whatWasTypedIsNeverMarkup() {
        String attack = "\"><script>alert('" + word + "')</script>";
        String page = given().queryParam("q", attack)
                .queryParam("tag", attack)
                .get("/algorithms")
                .then()
                .statusCode(200)
                .extract()
                .asString();
        assertThat(page).doesNotContain("<script>alert").contains("&lt;script&gt;");
    }

    @Test
    void whatPublishersWroteIsNeverMarkup() {
        fixture.publish(Draft.of("seekers", word)
                .title("<img src=x onerror=alert(1)>")
                .tagLine("<b>bold</b>")
                .tags("<i>" + word));
        given().queryParam("q", word)
                .get("/algorithms")
                .then()
                .statusCode(200)
                .body(
                        not(containsString("<img src=x")),
                        not(containsString("<b>bold")),
                        not(containsString("<i>" + word)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "page=-1",
                "page=x",
                "page=99999999999",
                "sort=upwards",
                "sort=",
                "q=%00",
                "q=%FF",
                "tag=",
                "tag=%25"
            })
    void anAddressSomebodyBentStillOpens(String query) {
        given().urlEncodingEnabled(false).get("/algorithms?" + query).then().statusCode(200);
        given().urlEncodingEnabled(false).get("/api/algorithms?" + query).then().statusCode(200);
    }

    @Test
    void nothingFoundShowsAWayOn() {
        fixture.publish(Draft.of("seekers", word).categories("vision"));
        given().queryParam("q", word + " unheardof")
                .get("/algorithms")
                .then()
                .statusCode(200)
                .body(
                        containsString("Nothing fits"),
                        containsString("q=" + word + "\""),
                        containsString("category=vision"));
    }

    @Test
    void anOwnerHasAPageAsSoonAsSomethingIsListed() {
        given().get("/owners/" + word).then().statusCode(404);
        fixture.publish(Draft.of(word, "one").title("First of " + word));
        given().get("/owners/" + word.toUpperCase(Locale.ROOT))
                .then()
                .statusCode(200)
                .body(containsString("First of " + word));
    }
}
