package io.algomat.web.accounts;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import io.algomat.accounts.Owners;
import io.algomat.platform.Ids;
import io.algomat.testing.Accounts;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import jakarta.inject.Inject;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

@QuarkusTest
class AdminUsersPageTest {
    @Inject
    Owners owners;

    @Test
    void adminPagesAreNotThereForOthers() {
        Accounts.User ada = Accounts.user("ada");

        for (String path : new String[] {"/admin", "/admin/users", "/admin/settings", "/admin/audit"}) {
            ada.page().get(path).then().statusCode(404);
        }
        ada.form()
                .formParam("why", "because")
                .post("/admin/users/" + ada.name() + "/disable")
                .then()
                .statusCode(404);
        ada.page().get("/account").then().statusCode(200);
    }

    @Test
    void aDisabledUserIsOutAtOnceBySessionByKeyAndByPassword() {
        Accounts.User root = Accounts.administrator("root");
        Accounts.User ada = Accounts.user("ada");
        ada.api().get("/api/me").then().statusCode(200);

        root.form()
                .formParam("why", "spam")
                .post("/admin/users/" + ada.name() + "/disable")
                .then()
                .statusCode(303);

        ada.api().get("/api/me").then().statusCode(401);
        ada.page().get("/account").then().statusCode(303);
        Accounts.withCsrf(given())
                .formParam("name", ada.name())
                .formParam("password", Accounts.PASSWORD)
                .post("/sign-in")
                .then()
                .statusCode(422);
        audited(root, "user.disable", ada, "spam");

        root.form().post("/admin/users/" + ada.name() + "/enable").then().statusCode(303);

        ada.api().get("/api/me").then().statusCode(200);
        ada.page().get("/account").then().statusCode(303);
        audited(root, "user.enable", ada, "");
    }

    @Test
    void theAdministratorCannotLockItselfOut() {
        Accounts.User root = Accounts.administrator("root");

        root.form().post("/admin/users/" + root.name() + "/disable").then().statusCode(409);

        root.page().get("/admin/users").then().statusCode(200);
    }

    @Test
    void creditIsGrantedWithAReasonThatIsKept() {
        Accounts.User root = Accounts.administrator("root");
        Accounts.User ada = Accounts.user("ada");
        String before = ada.api().get("/api/me").path("credit");

        root.form()
                .formParam("once", Ids.random("grant"))
                .formParam("amount", "12.5")
                .formParam("reason", "A prize & more")
                .post("/admin/users/" + ada.name() + "/credit")
                .then()
                .statusCode(303);
        root.form()
                .formParam("once", Ids.random("grant"))
                .formParam("amount", "-1")
                .formParam("reason", "A trick")
                .post("/admin/users/" + ada.name() + "/credit")
                .then()
                .statusCode(422)
                .contentType(ContentType.HTML);

        String after = ada.api().get("/api/me").path("credit");
        assertThat(Double.parseDouble(after) - Double.parseDouble(before)).isEqualTo(12.5);
        root.page()
                .get("/admin/audit?act=credit.grant&q=" + ada.name())
                .then()
                .body(containsString("A prize &amp; more"))
                .body(not(containsString("A trick")));
    }

    @Test
    void onlyTheApprovedPublishWhenTheAdministratorSaysSo() {
        Accounts.User root = Accounts.administrator("root");
        Accounts.User ada = Accounts.user("ada");
        assertThat(owners.mayPublish(ada.caller())).isTrue();
        try {
            root.form()
                    .formParam("publishers", "approved")
                    .post("/admin/settings")
                    .then()
                    .statusCode(303);
            assertThat(owners.mayPublish(ada.caller())).isFalse();

            root.form().formParam("approved", "true").post("/admin/users/" + ada.name() + "/publisher");
            assertThat(owners.mayPublish(ada.caller())).isTrue();
            audited(root, "publisher.approve", ada, "");
        } finally {
            root.form()
                    .formParam("publishers", "everyone")
                    .post("/admin/settings")
                    .then()
                    .statusCode(303);
        }
        assertThat(owners.mayPublish(owners.guest())).isFalse();
    }

    @Test
    void aResetLinkSetsAPasswordOnceAndEndsEverySession() {
        Accounts.User root = Accounts.administrator("root");
        Accounts.User ada = Accounts.user("ada");
        String page =
                root.form().post("/admin/users/" + ada.name() + "/reset-link").asString();
        Matcher link = Pattern.compile("/reset/[\\w-]{43}").matcher(page);
        assertThat(link.find()).isTrue();
        ada.page().get(link.group()).then().statusCode(200).body(containsString(ada.name()));

        Accounts.withCsrf(ada.page())
                .formParam("password", "short")
                .post(link.group())
                .then()
                .statusCode(422);
        Accounts.withCsrf(ada.page())
                .formParam("password", "a new long password")
                .post(link.group())
                .then()
                .statusCode(303);

        ada.page().get("/account").then().statusCode(303);
        ada.page().get(link.group()).then().statusCode(404);
        Accounts.withCsrf(given().redirects().follow(false))
                .formParam("name", ada.name().toUpperCase(Locale.ROOT))
                .formParam("password", "a new long password")
                .post("/sign-in")
                .then()
                .statusCode(303);
    }

    @Test
    void usersAreFoundByAPartOfTheirName() {
        Accounts.User root = Accounts.administrator("root");
        Accounts.User ada = Accounts.user("ada");
        String part = ada.name().substring(4);

        root.page()
                .queryParam("q", part.toUpperCase(Locale.ROOT))
                .get("/admin/users")
                .then()
                .statusCode(200)
                .body(containsString("/admin/users/" + ada.name()))
                .body(not(containsString("/admin/users/" + root.name())));
        root.page().get("/admin/users?q=%25").then().body(containsString("Nobody by that name"));
        root.page().get("/admin/users/" + ada.name()).then().statusCode(200);
        root.page().get("/admin/users/nobody_at_all").then().statusCode(404);
    }

    private static void audited(Accounts.User actor, String act, Accounts.User subject, String reason) {
        actor.page()
                .get("/admin/audit?act=" + act + "&q=" + subject.name())
                .then()
                .statusCode(200)
                .body(containsString("user:" + subject.name()))
                .body(containsString(actor.name()))
                .body(containsString(reason))
                .body("html.head.title", equalTo("Audit log · Algomat"));
    }
}
