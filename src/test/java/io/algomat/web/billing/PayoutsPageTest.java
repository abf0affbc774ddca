package io.algomat.web.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;

import io.algomat.billing.Payouts;
import io.algomat.platform.Credits;
import io.algomat.platform.Ids;
import io.algomat.testing.Accounts;
import io.algomat.testing.Money;
import io.algomat.testing.PastCharges;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class PayoutsPageTest {
    private static final String IBAN = "GB82 WEST 1234 5698 7654 32";

    @Inject
    PastCharges past;

    @Inject
    Payouts payouts;

    @Inject
    Money money;

    private Accounts.User root;
    private Accounts.User publisher;

    /** 850,000 credits, long ago. */
    @BeforeEach
    void somebodyWhoEarned() {
        root = Accounts.administrator("root");
        publisher = Accounts.user("publisher");
        past.charge(
                Accounts.user("caller"),
                null,
                publisher.ownerId(),
                "demo/a",
                past.freeMonth().atDay(1),
                1_000_000_000_000L,
                0);
    }

    private long ask(String payee) {
        publisher
                .form()
                .formParam("once", Ids.random("form"))
                .formParam("owner", publisher.name())
                .formParam("amount", "200000")
                .formParam("payee", payee)
                .formParam("iban", IBAN)
                .post("/billing/payouts")
                .then()
                .statusCode(303);
        return payouts.of(publisher.ownerId()).getFirst().id();
    }

    @Test
    void aPayoutGoesFromThePublishersPageToTheBankAndBack() {
        publisher
                .page()
                .get("/billing/payouts")
                .then()
                .statusCode(200)
                .body(containsString("<dt>Can be paid out</dt><dd title=\"850000 credits\">"));
        long id = ask("=Ada & \"Sons\"");
        String act = "/admin/payouts/" + id;
        root.page().get("/admin/payouts").then().body(containsString("GB82WEST12345698765432"));

        root.page().get("/admin/payouts/approved.csv").then().body(not(containsString("GB82WEST12345698765432")));
        root.form().post(act + "/send").then().statusCode(409);
        root.form().post(act + "/approve").then().statusCode(303);
        String csv = root.page()
                .get("/admin/payouts/approved.csv")
                .then()
                .statusCode(200)
                .header("Content-Disposition", containsString("payouts.csv"))
                .extract()
                .asString();
        assertThat(csv)
                .startsWith("payout,account,payee,iban,amount,currency,credits,reference\r\n")
                .contains(id + "," + publisher.name()
                        + ",\"'=Ada & \"\"Sons\"\"\",GB82WEST12345698765432,20.00,EUR,200000," + "Algomat payout " + id
                        + "\r\n");

        root.form().post(act + "/send").then().statusCode(303);
        root.form().formParam("reason", "").post(act + "/fail").then().statusCode(422);
        root.form()
                .formParam("reason", "No such account")
                .post(act + "/fail")
                .then()
                .statusCode(303);
        root.form().post(act + "/settle").then().statusCode(409);

        publisher
                .page()
                .get("/billing/payouts")
                .then()
                .body(containsString("No such account"))
                .body(containsString("title=\"850000 credits\""));
        assertThat(money.of(publisher.ownerId()).earnings()).isEqualTo(Credits.of(850_000));
    }

    @Test
    void aSettledPayoutStaysPaid() {
        String act = "/admin/payouts/" + ask("Ada");
        root.form().post(act + "/approve").then().statusCode(303);
        root.form().post(act + "/send").then().statusCode(303);
        root.form().post(act + "/settle").then().statusCode(303);
        root.form().post(act + "/settle").then().statusCode(409);

        assertThat(money.of(publisher.ownerId()).earnings()).isEqualTo(Credits.of(650_000));
        root.page().get("/admin/payouts").then().body(containsString("settled"));
    }

    @Test
    void aFormThatMakesNoSenseComesBackWithItsFieldNamed() {
        publisher
                .form()
                .formParam("once", Ids.random("form"))
                .formParam("owner", publisher.name())
                .formParam("amount", "900000")
                .formParam("payee", "Ada Lovelace")
                .formParam("iban", IBAN)
                .post("/billing/payouts")
                .then()
                .statusCode(422)
                .body(containsString("850000 credits can be paid out now, not 900000"))
                .body(containsString("value=\"Ada Lovelace\""));
    }

    @Test
    void othersSeeNothingAndDecideNothing() {
        Accounts.User eve = Accounts.user("eve");
        long id = ask("Ada");

        eve.page().get("/billing/payouts?owner=" + publisher.name()).then().statusCode(404);
        eve.page().get("/admin/payouts").then().statusCode(404);
        eve.page().get("/admin/payouts/approved.csv").then().statusCode(404);
        for (String act : new String[] {"approve", "send", "settle", "fail"}) {
            eve.form()
                    .formParam("reason", "mine")
                    .post("/admin/payouts/" + id + "/" + act)
                    .then()
                    .statusCode(404);
        }
        eve.form()
                .formParam("once", Ids.random("form"))
                .formParam("owner", publisher.name())
                .formParam("amount", "200000")
                .formParam("payee", "Eve")
                .formParam("iban", IBAN)
                .post("/billing/payouts")
                .then()
                .statusCode(404);
        assertThat(payouts.of(publisher.ownerId()).getFirst().state()).isEqualTo("requested");
    }
}
