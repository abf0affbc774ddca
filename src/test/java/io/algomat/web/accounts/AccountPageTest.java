package io.algomat.web.accounts;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;

import io.algomat.accounts.SessionMechanism;
import io.algomat.testing.Accounts;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

@QuarkusTest
class AccountPageTest {

    @Test
    void changingThePasswordEndsEveryOtherSession() {
        Accounts.User ada = Accounts.user("ada");
        String elsewhere = Accounts.session(ada.ownerId());

        ada.form()
                .formParam("current", Accounts.PASSWORD)
                .formParam("fresh", "quite another one")
                .post("/account/password")
                .then()
                .statusCode(303);

        ada.page().get("/account").then().statusCode(200);
        given().redirects()
                .follow(false)
                .cookie(SessionMechanism.COOKIE, elsewhere)
                .get("/account")
                .then()
                .statusCode(303);
    }

    @Test
    void aWrongCurrentPasswordChangesNothing() {
        Accounts.User ada = Accounts.user("ada");

        ada.form()
                .formParam("current", "not my password")
                .formParam("fresh", "quite another one")
                .post("/account/password")
                .then()
                .statusCode(422)
                .body(containsString("This is not your current password"))
                .body(not(containsString("quite another one")));
    }

    @Test
    void signingOutEverywhereEndsThisSessionToo() {
        Accounts.User ada = Accounts.user("ada");
        ada.page().get("/account").then().body(containsString("This one"));

        ada.form().post("/account/sessions/end").then().statusCode(303);

        ada.page().get("/account").then().statusCode(303);
    }

    @Test
    void membersOfAnOrganisationActForItAndItsOwnersChooseThem() {
        Accounts.User ada = Accounts.user("ada");
        Accounts.User bob = Accounts.user("bob");
        Accounts.User eve = Accounts.user("eve");
        String name = "org_" + Long.toString(System.nanoTime(), 36);
        String here = "/organisations/" + name;

        ada.form()
                .formParam("name", name)
                .post("/organisations/new")
                .then()
                .statusCode(303)
                .header("Location", endsWith(here));
        ada.form().formParam("name", name).post("/organisations/new").then().statusCode(422);
        bob.api().get("/api/me").then().body("organisations.size()", equalTo(0));

        ada.form()
                .formParam("user", bob.name())
                .formParam("role", "member")
                .post(here + "/members")
                .then()
                .statusCode(303);
        ada.form()
                .formParam("user", "nobody_at_all")
                .post(here + "/members")
                .then()
                .statusCode(422);

        bob.page().get(here).then().statusCode(200).body(containsString(ada.name()));
        await().untilAsserted(() -> bob.api().get("/api/me").then().body("organisations", hasItem(name)));
        eve.page().get(here).then().statusCode(404);
        bob.form().formParam("user", eve.name()).post(here + "/members").then().statusCode(403);
        bob.form()
                .formParam("user", ada.name())
                .post(here + "/members/remove")
                .then()
                .statusCode(403);
        ada.form()
                .formParam("user", ada.name())
                .post(here + "/members/remove")
                .then()
                .statusCode(409);

        bob.form()
                .formParam("user", bob.name())
                .post(here + "/members/remove")
                .then()
                .statusCode(303);
        bob.page().get(here).then().statusCode(404);
    }

    @Test
    void anApiTakesAFormWithoutATokenButAPageDoesNot() {
        Accounts.User ada = Accounts.user("ada");

        ada.api().formParam("a", "b").post("/api/me").then().statusCode(405);
        ada.api()
                .multiPart("bundle", "x.zip", new byte[10])
                .post("/api/me")
                .then()
                .statusCode(405);
        ada.page().multiPart("name", "x").post("/account/sessions/end").then().statusCode(400);
        ada.page()
                .contentType("application/json")
                .body("{}")
                .post("/account/sessions/end")
                .then()
                .statusCode(400);
        ada.form()
                .header("Sec-Fetch-Site", "cross-site")
                .post("/sign-out")
                .then()
                .statusCode(400);
        ada.page().get("/account").then().statusCode(200);
    }

    @Test
    void twoOwnersWhoMakeEachOtherMembersAtOnceLeaveOneOwner() throws Exception {
        Accounts.User ada = Accounts.user("ada");
        Accounts.User bob = Accounts.user("bob");
        String here = "/organisations/" + ada.name() + "_o";
        ada.form()
                .formParam("name", ada.name() + "_o")
                .post("/organisations/new")
                .then()
                .statusCode(303);
        ada.form()
                .formParam("user", bob.name())
                .formParam("role", "owner")
                .post(here + "/members")
                .then()
                .statusCode(303);
        RequestSpecification first = ada.form().formParam("user", bob.name()).formParam("role", "member");
        RequestSpecification second = bob.form().formParam("user", ada.name()).formParam("role", "member");

        try (ExecutorService both = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Integer> one =
                    both.submit(() -> first.post(here + "/members").statusCode());
            Future<Integer> other =
                    both.submit(() -> second.post(here + "/members").statusCode());
            assertThat(List.of(one.get(), other.get())).containsExactlyInAnyOrder(303, 403);
        }
    }
}
