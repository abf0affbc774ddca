package io.algomat.web.publishing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import io.algomat.catalog.SourceView;
import io.algomat.catalog.Sources;
import io.algomat.catalog.Starter;
import io.algomat.catalog.Visibility;
import io.algomat.platform.Credits;
import io.algomat.testing.Accounts;
import io.algomat.testing.Bundles;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Sources by the pages, as a browser without JavaScript does it. */
@QuarkusTest
class SourcePageTest {
    private static final String MANIFEST = "algomat.yaml";

    @Inject
    Sources sources;

    private final Accounts.User user = Accounts.user("edit");

    private String begin(Starter starter) {
        String location = user.form()
                .formParam("starter", starter.wire())
                .formParam("name", "my-echo")
                .post("/publish/sources")
                .then()
                .statusCode(303)
                .extract()
                .header("Location");
        return location.substring(location.lastIndexOf('/') + 1);
    }

    private SourceView view(String id) {
        return sources.view(id, user.caller());
    }

    private String text(String id, String path) {
        return sources.text(id, path, user.caller()).orElseThrow();
    }

    private static String page(String id) {
        return "/publish/sources/" + id;
    }

    private RequestSpecification typed(String id, String path, String text) {
        return user.form()
                .formParam("file", path)
                .formParam("change", view(id).file(path).orElseThrow().change())
                .formParam("text", text);
    }

    private void saved(String id, String path, String text) {
        typed(id, path, text).post(page(id)).then().statusCode(303);
    }

    private String built(String id) {
        user.form()
                .formParam("file", MANIFEST)
                .post(page(id) + "/build")
                .then()
                .statusCode(303)
                .header("Location", endsWith("?file=algomat.yaml#build"));
        String draft = "/publish/drafts/" + view(id).draft();
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> !user.page().get(draft).asString().contains("being tested"));
        return draft;
    }

    @ParameterizedTest
    @EnumSource
    void everyStarterIsABundleMadeOutToItsOwner(Starter starter) {
        String id = begin(starter);

        assertThat(text(id, MANIFEST)).contains("algorithm: " + user.name() + "/my-echo ");
        // The upload's own checks, the build, and the samples in a real worker.
        String log = user.page().get(built(id) + "/log").asString();
        assertThat(log).containsPattern("(\\d+) of \\1 samples passed");
    }

    @Test
    void whatIsTypedIsBuiltTriedAndPublishedOnOnePage() {
        String id = begin(Starter.MODEL);
        saved(id, "README.md", "# Mine\r\n\r\nNew words.");
        assertThat(text(id, "README.md")).isEqualTo("# Mine\n\nNew words.");
        String draft = built(id);

        user.page()
                .get(page(id))
                .then()
                .body(containsString("1 of 1 samples passed"))
                .body(containsString("The build has ended."))
                .body(containsString("name=\"royalty\""));
        scripted(user, "Try me")
                .post(draft + "/try")
                .then()
                .statusCode(200)
                .body("kind", equalTo("text"))
                .body("result", equalTo("Try me"));
        user.form()
                .formParam("step", "minor")
                .formParam("royalty", "0")
                .formParam("visibility", "public")
                .post(draft + "/publish")
                .then()
                .statusCode(303);
        user.page().get(page(id)).then().body(containsString("Published as 0.1.0."));
        user.page().get("/algorithms/" + user.name() + "/my-echo/about").then().body(containsString("New words."));
    }

    @Test
    void aFaultOfTheManifestIsALinkToItsLine() {
        String id = begin(Starter.MODEL);
        saved(id, MANIFEST, text(id, MANIFEST).replace("licence: Apache-2.0", "license: Apache-2.0"));

        user.form()
                .formParam("file", MANIFEST)
                .post(page(id) + "/build")
                .then()
                .statusCode(422)
                .body(containsString("<a href=\"" + page(id) + "?file=algomat.yaml#L7\">algomat.yaml:7</a>"))
                .body(containsString("<span id=\"L7\" class=\"fault\">"));
        assertThat(view(id).draft()).isNull();
    }

    @Test
    void twoWindowsNeverOverwriteEachOther() {
        String id = begin(Starter.MODEL);
        RequestSpecification second = typed(id, "README.md", "From the second <window>");
        saved(id, "README.md", "From the first window");

        second.post(page(id))
                .then()
                .statusCode(409)
                .body(containsString("was changed in another window meanwhile"))
                .body(containsString("From the second &lt;window&gt;"))
                .body(containsString("Save mine over it"));
        assertThat(text(id, "README.md")).isEqualTo("From the first window");
        typed(id, "README.md", "From the second window")
                .formParam("change", 1)
                .formParam("over", view(id).file("README.md").orElseThrow().change())
                .post(page(id))
                .then()
                .statusCode(303);
        assertThat(text(id, "README.md")).isEqualTo("From the second window");
    }

    @Test
    void aTextThatIsTooLongIsRefusedAndStillStandsThere() {
        String id = begin(Starter.MODEL);
        String tooLong = "x".repeat(300_000) + "the end";

        typed(id, "README.md", tooLong)
                .post(page(id))
                .then()
                .statusCode(413)
                .body(containsString("a file of text may have 256.0 KiB"))
                .body(containsString("the end"));
        assertThat(text(id, "README.md")).doesNotContain("the end");
    }

    @Test
    void filesAreAddedUploadedRenamedAndDeleted() {
        String id = begin(Starter.MODEL);
        byte[] noise = new byte[5000];
        new Random(1).nextBytes(noise);
        user.form()
                .formParam("path", "src/more.txt")
                .post(page(id) + "/files/add")
                .then()
                .statusCode(303);
        user.form()
                .contentType(ContentType.MULTIPART)
                .multiPart("content", "noise.bin", noise, "application/octet-stream")
                .multiPart("folder", "data/")
                .post(page(id) + "/files/upload")
                .then()
                .statusCode(303);
        user.form()
                .formParam("file", "src/more.txt")
                .formParam("change", view(id).file("src/more.txt").orElseThrow().change())
                .formParam("path", "src/else.txt")
                .post(page(id) + "/files/rename")
                .then()
                .statusCode(303);
        user.page()
                .get(page(id) + "?file=data/noise.bin")
                .then()
                .body(containsString("not text: it goes into the bundle as it is"));
        user.form()
                .formParam("file", "README.md")
                .formParam("change", view(id).file("README.md").orElseThrow().change())
                .post(page(id) + "/files/delete")
                .then()
                .statusCode(303);

        assertThat(view(id).files())
                .extracting(SourceView.File::path)
                .containsExactly(MANIFEST, "data/noise.bin", "src/else.txt");
        user.form()
                .formParam("path", "../../etc/passwd")
                .post(page(id) + "/files/add")
                .then()
                .statusCode(422)
                .body(containsString("leaves the bundle"));
        user.form()
                .formParam("path", "SRC/ELSE.txt")
                .post(page(id) + "/files/add")
                .then()
                .statusCode(422)
                .body(containsString("differ only in upper and lower case"));
    }

    @Test
    void aVersionIsOpenedToMakeTheNextOne() {
        Bundles.Algorithm echo = Bundles.publishIdentity(user.caller(), Credits.ZERO, Visibility.PUBLIC);
        String manage = "/algorithms/" + echo.path() + "/manage";
        user.page().get(manage).then().body(containsString("Edit the sources of 1.0.0"));
        String location = user.form()
                .formParam("version", "1.0.0")
                .post(manage + "/sources")
                .then()
                .statusCode(303)
                .extract()
                .header("Location");
        String id = location.substring(location.lastIndexOf('/') + 1);

        assertThat(text(id, MANIFEST)).isEqualTo(Bundles.identityManifest(echo.owner(), echo.name()));
        String draft = built(id);
        user.page().get(draft).then().body(containsString("1.1.0")).body(containsString(page(id)));
        Accounts.User stranger = Accounts.user("thief");
        stranger.form()
                .formParam("version", "1.0.0")
                .post(manage + "/sources")
                .then()
                .statusCode(404);
    }

    @Test
    void aBuildTakesThePlaceOfTheOneBefore() {
        String id = begin(Starter.MODEL);
        String first = built(id);
        saved(id, "README.md", "Other words");
        user.page().get(page(id)).then().body(containsString("an earlier state of the files"));

        String second = built(id);

        assertThat(second).isNotEqualTo(first);
        user.page().get(first).then().statusCode(404);
        user.page().get(page(id)).then().body(not(containsString("an earlier state of the files")));
    }

    @Test
    void theLogIsSentLineByLine() {
        String draft = built(begin(Starter.MODEL));
        String all =
                user.page().get(draft + "/log").then().statusCode(200).extract().asString();
        assertThat(all).contains("received and checked").contains("The build has ended.");

        String rest = user.page().get(draft + "/log?after=" + Long.MAX_VALUE).asString();

        assertThat(rest).doesNotContain("received and checked").contains("The build has ended.");
    }

    @Test
    void strangersFindNothing() {
        String id = begin(Starter.MODEL);
        String draft = built(id);
        Accounts.User stranger = Accounts.user("stranger");

        stranger.page().get(page(id)).then().statusCode(404);
        stranger.form().formParam("text", "mine").post(page(id)).then().statusCode(404);
        stranger.form().post(page(id) + "/build").then().statusCode(404);
        stranger.form().post(page(id) + "/discard").then().statusCode(404);
        stranger.form()
                .formParam("path", "x")
                .post(page(id) + "/files/add")
                .then()
                .statusCode(404);
        stranger.page().get(draft + "/log").then().statusCode(404);
        scripted(stranger, "x").post(draft + "/try").then().statusCode(404);
        user.page()
                .contentType(ContentType.URLENC)
                .formParam("text", "x")
                .post(page(id))
                .then()
                .statusCode(400);
        assertThat(view(id).files()).hasSize(2);
    }

    @Test
    void aNameThatCannotBeIsToldBesideItsField() {
        user.form()
                .formParam("starter", "python")
                .formParam("name", "1 two")
                .post("/publish/sources")
                .then()
                .statusCode(422)
                .body(containsString("A name begins with a letter"))
                .body(containsString("value=\"1 two\""));
        user.form()
                .formParam("starter", "python")
                .formParam("owner", "demo")
                .formParam("name", "two")
                .post("/publish/sources")
                .then()
                .statusCode(422)
                .body(containsString("You may not publish for &#39;demo&#39;"));
    }

    /** A call of the page's own script, which sends the token as a header. */
    private static RequestSpecification scripted(Accounts.User user, String body) {
        String token = RestAssured.given().get("/sign-in").cookie("csrf-token");
        return user.page()
                .cookie("csrf-token", token)
                .header("X-CSRF-TOKEN", token)
                .contentType("text/plain;charset=UTF-8")
                .accept(ContentType.JSON)
                .body(body);
    }
}
