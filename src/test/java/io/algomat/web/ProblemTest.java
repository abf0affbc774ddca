package io.algomat.web;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ProblemTest {
    private static final String PROBLEM = "application/problem+json";

    @Test
    void peopleGetAPageWhereNothingIs() {
        given().accept("text/html,application/xhtml+xml,*/*;q=0.8")
                .get("/nowhere")
                .then()
                .statusCode(404)
                .contentType(startsWith("text/html"))
                .body(containsString("There is nothing at /nowhere."))
                .body(containsString("<main"));
    }

    @Test
    void programsGetAProblemDocumentWhereNothingIs() {
        given().get("/api/nowhere")
                .then()
                .statusCode(404)
                .contentType(startsWith(PROBLEM))
                .body("type", equalTo("/problems/not-found"))
                .body("status", is(404))
                .body("detail", equalTo("There is nothing at /api/nowhere."));
    }

    @Test
    void htmxGetsAProblemDocumentToo() {
        given().header("HX-Request", "true")
                .accept("*/*")
                .get("/nowhere")
                .then()
                .statusCode(404)
                .contentType(startsWith(PROBLEM));
    }

    @Test
    void aWrongMethodIsSaidAndTheRightOnesAreNamed() {
        given().accept("text/html")
                .get("/theme")
                .then()
                .statusCode(405)
                .contentType(startsWith("text/html"))
                .body(containsString("/theme does not know GET."));
    }

    @Test
    void whatAFormSaidWithoutItsTokenIsRefusedInWords() {
        given().accept("text/html")
                .formParam("theme", "dark")
                .post("/theme")
                .then()
                .statusCode(400)
                .contentType(startsWith("text/html"))
                .body(containsString("Load the page again"));
    }

    @Test
    void aBodyThatIsNoFormNeedsTheTokenAsAHeader() {
        given().accept("text/html")
                .contentType("application/json")
                .body("{}")
                .post("/theme")
                .then()
                .statusCode(400)
                .body(containsString("Load the page again"));
    }

    @Test
    void everyProblemHasAPage() {
        given().get("/problems").then().statusCode(200).body(containsString("/problems/payment-required"));
        given().get("/problems/payment-required")
                .then()
                .statusCode(200)
                .body(containsString("Not enough credit"), containsString("HTTP status 402"));
        given().accept("text/html").get("/problems/unheard-of").then().statusCode(404);
    }

    @Test
    void pagesCarryAStrictPolicyAndNothingInline() {
        String page = given().get("/problems")
                .then()
                .header(
                        "Content-Security-Policy",
                        allOf(startsWith("default-src 'self'"), not(containsString("unsafe"))))
                .header("Content-Security-Policy", containsString("frame-ancestors 'none'"))
                .header("X-Content-Type-Options", "nosniff")
                .header("Referrer-Policy", "same-origin")
                .header("Cache-Control", "private, no-cache")
                .extract()
                .asString();
        org.assertj.core.api.Assertions.assertThat(page)
                .doesNotContain(" style=", "<style", "onclick=", "<script>")
                .containsPattern("src=\"/static/bundle/[^\"]+\\.js\"");
    }

    @Test
    void theBundleMayBeKeptForEver() {
        String page = given().get("/problems").asString();
        java.util.regex.Matcher bundle = java.util.regex.Pattern.compile("/static/bundle/[^\"]+\\.(css|js)")
                .matcher(page);
        int found = 0;
        while (bundle.find()) {
            given().get(bundle.group()).then().statusCode(200).header("Cache-Control", containsString("immutable"));
            found++;
        }
        org.assertj.core.api.Assertions.assertThat(found).isGreaterThanOrEqualTo(2);
    }
}
