package io.algomat.web.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.algomat.accounts.KeysOf;
import io.algomat.billing.Charge;
import io.algomat.platform.Credits;
import io.algomat.platform.Ids;
import io.algomat.testing.Accounts;
import io.algomat.testing.Charges;
import io.algomat.testing.Money;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class BillingPageTest {
    @Inject
    Money money;

    @Inject
    Charges charges;

    @Inject
    KeysOf keys;

    private Accounts.User caller;
    private Accounts.User publisher;

    @BeforeEach
    void users() {
        caller = Accounts.user("caller");
        publisher = Accounts.user("publisher");
    }

    @Test
    void aNewAccountSeesItsGrantAndWhatToDoNext() {
        caller.page()
                .get("/billing")
                .then()
                .statusCode(200)
                .body(containsString("Sign-up grant"))
                .body(containsString("href=\"https://pay.example/credit?for=" + caller.name() + "\""))
                .body(containsString("10,000 <small>given by the site"))
                .body(containsString("Nothing was charged in this period"));
    }

    @Test
    void spendIsShownByAlgorithmByKeyAndCallByCall() {
        long key = keys.owner(caller.ownerId()).getFirst().id();
        charges.charge(caller.ownerId(), key, publisher.ownerId(), "spend/one", 2_000_000, 250);
        Charge fromPage = charges.charge(caller.ownerId(), null, publisher.ownerId(), "spend/two", 0, 1500);

        caller.page()
                .get("/billing?period=today")
                .then()
                .body(containsString("9,996.25 <small>credits"))
                .body(containsString("algorithm=spend%2Fone&amp;by=version"))
                .body(containsString("/runs/" + Ids.callText(fromPage.callId())))
                .body(containsString("1,500 ms"));
        caller.page()
                .get("/billing?period=today&by=key")
                .then()
                .body(containsString("Test (sim"))
                .body(containsString("Pages, without a key"));
        publisher.page().get("/billing").then().body(not(containsString("spend/one")));
    }

    @Test
    void ownChargesComeAsAFile() {
        charges.charge(caller.ownerId(), null, publisher.ownerId(), "spend/one", 2_000_000, 250);

        String file = caller.page().get("/billing/charges.csv").then().extract().asString();

        assertThat(file.lines()).hasSize(2).last().asString().contains(",spend/one,1.0.0,cpu,250,2.25,2,0.3,0.25,2.25");
    }

    @Test
    void aPublisherSeesWhatIsPayableAndWhatPromoCreditPaid() {
        charges.charge(caller.ownerId(), null, publisher.ownerId(), publisher.name() + "/a", 2_000_000, 250);
        long paying = money.ownerWithoutCredit();
        money.fund(paying, Credits.of(10));
        charges.charge(paying, null, publisher.ownerId(), publisher.name() + "/a", 2_000_000, 250);

        publisher
                .page()
                .get("/billing/earnings?period=today")
                .then()
                .statusCode(200)
                .body(containsString("<dt>Payable</dt><dd title=\"1.7 credits\">"))
                .body(containsString("<dt>From promo credit</dt><dd title=\"1.7 credits\">"))
                .body(containsString("<dt>Earned</dt><dd title=\"3.4 credits\">"))
                .body(containsString("<dt>Callers</dt><dd>2 "));
        publisher.page().get("/billing/earnings?owner=" + caller.name()).then().statusCode(404);
    }

    @Test
    void aPublisherIsNotToldWhoCalls() {
        charges.charge(caller.ownerId(), null, publisher.ownerId(), publisher.name() + "/a", 2_000_000, 250);

        publisher
                .page()
                .get("/billing/earnings?period=today&by=caller&caller=" + caller.name())
                .then()
                .statusCode(200)
                .body(containsString("By algorithm"))
                .body(not(containsString(caller.name())));
        assertThat(publisher
                        .page()
                        .get("/billing/earnings/report.csv?period=today&by=caller")
                        .then()
                        .extract()
                        .asString())
                .startsWith("algorithm,")
                .contains(publisher.name() + "/a,1,")
                .doesNotContain(caller.name());
        publisher
                .page()
                .get("/billing/earnings/report.csv?owner=" + caller.name())
                .then()
                .statusCode(404);
    }

    @Test
    void aWrongPeriodIsNamedBesideItsField() {
        caller.page()
                .get("/billing?from=2026-13-01")
                .then()
                .statusCode(422)
                .body(containsString("&#39;2026-13-01&#39; is no day"));
    }

    @Test
    void whoIsNotSignedInIsSentToSignIn() {
        RestAssured.given()
                .redirects()
                .follow(false)
                .get("/billing")
                .then()
                .statusCode(303)
                .header("Location", containsString("/sign-in?next=%2Fbilling"));
    }

    @Test
    void programsReadBalanceAndChargesWithAKey() {
        charges.charge(caller.ownerId(), null, publisher.ownerId(), "spend/one", 2_000_000, 250);

        caller.api()
                .get("/api/billing/balance")
                .then()
                .statusCode(200)
                .body("available", equalTo("9997.75"))
                .body("promo", equalTo("9997.75"))
                .body("funded", equalTo("0"));
        caller.api()
                .get("/api/billing/charges?period=today")
                .then()
                .body("total", equalTo(1))
                .body("charges[0].call", startsWith("call_"))
                .body("charges[0].total", equalTo("2.25"))
                .body("charges[0].promo", equalTo("2.25"))
                .body("charges[0].billedMs", equalTo(250))
                .body("charges[0].key", nullValue());
        RestAssured.given().get("/api/billing/balance").then().statusCode(401);
        caller.api().get("/api/billing/charges?from=x").then().statusCode(422);
    }
}
