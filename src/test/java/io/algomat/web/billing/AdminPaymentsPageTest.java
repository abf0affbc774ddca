package io.algomat.web.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;

import io.algomat.billing.Charge;
import io.algomat.platform.Credits;
import io.algomat.platform.Ids;
import io.algomat.testing.Accounts;
import io.algomat.testing.Charges;
import io.algomat.testing.Money;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class AdminPaymentsPageTest {
    @Inject
    Money money;

    @Inject
    Charges charges;

    private Accounts.User root;
    private Accounts.User ada;

    @BeforeEach
    void users() {
        root = Accounts.administrator("root");
        ada = Accounts.user("ada");
    }

    @Test
    void anAccountIsAdjustedAndTheAdjustmentReversedWithReasons() {
        root.form()
                .formParam("once", Ids.random("form"))
                .formParam("owner", ada.name())
                .formParam("amount", "3.25")
                .formParam("reason", "For <b>waiting</b>")
                .post("/admin/payments/adjust")
                .then()
                .statusCode(303);
        assertThat(money.of(ada.ownerId()).funded()).isEqualTo(Credits.parse("3.25"));
        ada.page()
                .get("/billing")
                .then()
                .body(containsString("Adjusted by an administrator"))
                .body(containsString("For &lt;b&gt;waiting&lt;/b&gt;"));

        String page = root.page()
                .get("/admin/payments")
                .then()
                .statusCode(200)
                .extract()
                .asString();
        String row = page.substring(page.indexOf("<td>" + ada.name()));
        String posting = row.replaceAll("(?s).*?name=\"posting\" value=\"([0-9]+)\".*", "$1");
        root.form()
                .formParam("posting", posting)
                .formParam("why", " ")
                .post("/admin/payments/reverse")
                .then()
                .statusCode(422)
                .body(containsString("Say in at most 500 characters"));
        root.form()
                .formParam("posting", posting)
                .formParam("why", "Wrong account")
                .post("/admin/payments/reverse")
                .then()
                .statusCode(303);
        assertThat(money.of(ada.ownerId()).funded()).isEqualTo(Credits.ZERO);
        root.form()
                .formParam("posting", posting)
                .formParam("why", "Once more")
                .post("/admin/payments/reverse")
                .then()
                .statusCode(409);
        root.page().get("/admin/audit?act=posting.reverse&q=" + posting).then().body(containsString("Wrong account"));
    }

    @Test
    void aFormThatMakesNoSenseComesBackFilledInWithTheFieldNamed() {
        root.form()
                .formParam("once", Ids.random("form"))
                .formParam("owner", "nobody_here")
                .formParam("amount", "1")
                .formParam("reason", "A reason that is kept")
                .post("/admin/payments/adjust")
                .then()
                .statusCode(422)
                .body(containsString("There is no account &#39;nobody_here&#39;"))
                .body(containsString("A reason that is kept"));
    }

    @Test
    void aCallIsFoundAndGivenBackInPartsAndTheCallerReadsWhy() {
        Accounts.User publisher = Accounts.user("publisher");
        Charge charge = charges.charge(ada.ownerId(), null, publisher.ownerId(), "demo/echo", 2_000_000, 250);
        String call = Ids.callText(charge.callId());
        root.form()
                .formParam("call", " " + call + " ")
                .post("/admin/payments/calls")
                .then()
                .statusCode(303)
                .header("Location", containsString("/admin/payments/calls/" + call));

        String address = "/admin/payments/calls/" + call;
        root.form()
                .formParam("once", Ids.random("form"))
                .formParam("amount", "9")
                .formParam("reason", "too much")
                .post(address)
                .then()
                .statusCode(422)
                .body(containsString("2.25 credits of this charge are left to give back, not 9"));
        root.form()
                .formParam("once", Ids.random("form"))
                .formParam("amount", "0.25")
                .formParam("reason", "A part of it")
                .post(address)
                .then()
                .statusCode(303);
        root.page()
                .get(address)
                .then()
                .body(containsString("A part of it"))
                .body(containsString("title=\"2 credits\""));
        root.form()
                .formParam("once", Ids.random("form"))
                .formParam("reason", "The rest")
                .post(address)
                .then()
                .statusCode(303);

        root.page().get(address).then().body(not(containsString("<form class=\"form\"")));
        assertThat(money.of(ada.ownerId()).promo()).isEqualTo(Credits.of(10_000));
        assertThat(money.of(publisher.ownerId()).earningsUnfunded()).isEqualTo(Credits.ZERO);
        ada.page()
                .get("/billing")
                .then()
                .body(containsString("Refund of a call"))
                .body(containsString("The rest"));
    }

    @Test
    void othersFindNothingHere() {
        String nowhere = "/admin/payments/calls/call_" + "0".repeat(26);
        ada.page().get("/admin/payments").then().statusCode(404);
        ada.page().get(nowhere).then().statusCode(404);
        ada.form().formParam("reason", "mine").post(nowhere).then().statusCode(404);
        ada.form()
                .formParam("owner", ada.name())
                .formParam("amount", "5")
                .formParam("reason", "mine")
                .post("/admin/payments/adjust")
                .then()
                .statusCode(404);
        root.page().get(nowhere).then().statusCode(404);
        root.form()
                .formParam("call", "nonsense")
                .post("/admin/payments/calls")
                .then()
                .statusCode(404);
        assertThat(money.of(ada.ownerId()).funded()).isEqualTo(Credits.ZERO);
    }
}
