package io.algomat.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;

import io.algomat.platform.Ids;
import io.algomat.platform.Sql;
import io.algomat.testing.Accounts;
import io.algomat.testing.Browser;
import io.algomat.testing.PublishedEcho;
import io.algomat.testing.PublishedEcho.Echo;
import io.algomat.testing.Theme;
import io.algomat.testing.Visitor;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who may read what a call wrote and how it failed. The algorithm cannot be loaded, and says so. */
@QuarkusTest
class CallTextsTest {
    private static final String WORDS = "none-such";

    @RegisterExtension
    static final Browser BROWSER = new Browser();

    @Inject
    Sql sql;

    @Inject
    DropOldCalls drop;

    private final Accounts.User publisher = Accounts.user("author");
    private final Accounts.User stranger = Accounts.user("stranger");
    private final Echo broken =
            new PublishedEcho().by(publisher).price(0, 0).unloadable().publish();
    private final String calls = "/algorithms/" + broken.path() + "/calls";

    @Test
    void thePublisherReadsTheWordsOfItsOwnCall() {
        String call = call(publisher, false);

        publisher.page().get("/runs/" + call).then().statusCode(200).body(containsString(WORDS));
        publisher.page().get(calls + "/" + call).then().statusCode(200).body(containsString(WORDS));
        publisher.page().get(calls).then().body(containsString("LoadingError")).body(containsString("/calls/" + call));
    }

    @Test
    void ofSomebodyElsesCallOnlyHowItEndedIsKept() {
        String call = call(stranger, false);

        publisher
                .page()
                .get(calls)
                .then()
                .statusCode(200)
                .body(containsString("LoadingError"))
                .body(not(containsString(call)))
                .body(not(containsString(stranger.name())));
        publisher.page().get(calls + "/" + call).then().statusCode(404);
        stranger.page().get("/runs/" + call).then().body(not(containsString(WORDS)));
        assertThat(sql.count("SELECT count(*) FROM call_text WHERE call_id = ?", Ids.parseCall(call)))
                .isZero();
    }

    @Test
    void aCallerSharesTheWordsOfACallAndTakesThemBack() {
        String call = call(stranger, true);
        publisher.page().get(calls + "/" + call).then().statusCode(404);
        stranger.page()
                .get("/runs/" + call)
                .then()
                .body(containsString("Share with the publisher"))
                .body(not(containsString(WORDS)));

        stranger.form().post("/runs/" + call + "/share").then().statusCode(303);
        publisher
                .page()
                .get(calls + "/" + call)
                .then()
                .statusCode(200)
                .body(containsString("Shared by its caller"))
                .body(containsString(WORDS))
                .body(not(containsString(stranger.name())));
        stranger.page().get(calls + "/" + call).then().statusCode(404);

        stranger.form().post("/runs/" + call + "/withdraw").then().statusCode(303);
        publisher.page().get(calls + "/" + call).then().statusCode(404);
        stranger.form().post("/runs/" + call + "/share").then().statusCode(404);
        assertThat(sql.list(
                        "SELECT act FROM audit WHERE subject = ? ORDER BY id", row -> row.getString(1), "call:" + call))
                .containsExactly("call.share", "call.withdraw");
    }

    @Test
    void nobodyButItsCallerSharesACall() {
        String call = call(stranger, true);

        publisher.form().post("/runs/" + call + "/share").then().statusCode(404);
        publisher.page().get(calls + "/" + call).then().statusCode(404);
    }

    @Test
    void wordsGoWithTheCallLogsRetention() {
        String call = call(publisher, false);
        publisher.page().get(calls + "/" + call).then().statusCode(200);

        drop.before(Instant.now().plusSeconds(60));

        publisher.page().get(calls + "/" + call).then().statusCode(404);
    }

    @Test
    void stdoutComesWithTheAnswerForThePublisherAlone() {
        Echo echo = new PublishedEcho().by(publisher).price(0, 0).publish();

        stdout(publisher, echo, "?stdout=true").body("metadata.stdout", equalTo(""));
        stdout(publisher, echo, "").body("metadata", not(hasKey("stdout")));
        stdout(stranger, echo, "?stdout=true").body("metadata", not(hasKey("stdout")));
    }

    @Test
    void thePagesAreInOrderOnAPhoneAndADesk() {
        String call = call(publisher, false);
        for (int width : new int[] {390, 1280}) {
            Visitor visitor = BROWSER.visitor(Theme.DARK, width).signedIn(publisher);
            for (String path : new String[] {calls, calls + "/" + call, "/runs/" + call}) {
                assertThat(visitor.go(path)).isEqualTo(200);
                assertThat(visitor.scrollsSideways()).as(path + " at " + width).isFalse();
            }
            assertThat(visitor.problems()).isEmpty();
        }
    }

    private static ValidatableResponse stdout(Accounts.User caller, Echo echo, String query) {
        return caller.api()
                .contentType("text/plain")
                .body("Hello")
                .post("/v1/algo/" + echo.path() + query)
                .then()
                .statusCode(200);
    }

    private String call(Accounts.User caller, boolean keep) {
        return caller.api()
                .contentType("text/plain")
                .header("X-Algomat-Keep-Log", Boolean.toString(keep))
                .body("my secret input")
                .post("/v1/algo/" + broken.path())
                .then()
                .statusCode(200)
                .extract()
                .header("X-Algomat-Call-Id");
    }
}
