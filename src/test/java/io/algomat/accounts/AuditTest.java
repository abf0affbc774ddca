package io.algomat.accounts;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;

import io.algomat.billing.ChangeLimits;
import io.algomat.billing.LimitPeriod;
import io.algomat.platform.Credits;
import io.algomat.platform.ErrorCode;
import io.algomat.platform.Ids;
import io.algomat.platform.Problem;
import io.algomat.platform.Sql;
import io.algomat.testing.Accounts;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

/** Who did what, from where, and what it changed: in the log when the act is done, and only then. */
@QuarkusTest
class AuditTest {
    private record Row(String actor, String address, String act, String before, String after) {}

    @Inject
    Sql sql;

    @Inject
    Audit audit;

    @Inject
    AccountsConfig config;

    @Inject
    SignIn signIn;

    @Inject
    AuthenticateKey keys;

    @Inject
    CreateKey create;

    @Inject
    RevokeKey revoke;

    @Inject
    ChangeLimits limits;

    @Inject
    ChangeUser change;

    @Inject
    PublishingPolicy policy;

    @Inject
    CreateOrganisation organisations;

    @Inject
    ChangeMembers members;

    @Test
    void signingInFailingAndSigningOutAreWrittenWithTheirAddress() {
        Accounts.User ada = Accounts.user("audit_ada");
        Accounts.withCsrf(given().redirects().follow(false))
                .formParam("name", ada.name())
                .formParam("password", "wrong horse battery")
                .post("/sign-in")
                .then()
                .statusCode(422);
        String session = Accounts.withCsrf(given().redirects().follow(false))
                .formParam("name", ada.name())
                .formParam("password", Accounts.PASSWORD)
                .post("/sign-in")
                .then()
                .statusCode(303)
                .extract()
                .cookie(SessionMechanism.COOKIE);
        Accounts.withCsrf(given().redirects().follow(false).cookie(SessionMechanism.COOKIE, session))
                .post("/sign-out")
                .then()
                .statusCode(303);
        assertThat(about("user:" + ada.name()))
                // Signed up, and in for the first time, by the test and not over the network.
                .filteredOn(row -> !row.address.isEmpty())
                .containsExactly(
                        new Row(null, "127.0.0.1", "session.refuse", null, null),
                        new Row(ada.name(), "127.0.0.1", "session.open", null, null),
                        new Row(ada.name(), "127.0.0.1", "session.close", null, null));
    }

    @Test
    void aNameThatNobodyHasIsNotWritten() {
        String secret = Ids.random("oops");
        Accounts.withCsrf(given())
                .formParam("name", secret)
                .formParam("password", "correct horse battery")
                .post("/sign-in");
        assertThat(sql.count("SELECT count(*) FROM audit WHERE subject LIKE '%' || ? || '%'", secret))
                .isZero();
        assertThat(about("user:?")).isNotEmpty();
    }

    @Test
    void whoIsOverALimitIsWrittenOnceHoweverOftenItGoesOn() {
        AddressLimits limits = new AddressLimits(config, new AddressesOverLimit(audit));
        String network = "198.51.100." + (1 + ThreadLocalRandom.current().nextInt(250));
        for (AddressLimits.Kind kind : AddressLimits.Kind.values()) {
            for (int i = 0; i < 3; i++) {
                untilTooMany(() -> limits.take(kind, network));
            }
        }
        assertThat(sql.list(
                        "SELECT reason FROM audit WHERE act = 'address.limit' AND subject = ? ORDER BY id",
                        row -> row.getString("reason"),
                        "network:" + network))
                .containsExactly(
                        "Too many accounts were made",
                        "Too many failed attempts",
                        "Too many unknown API keys",
                        "Too many reports of leaked keys");
    }

    /** A refusal rolls its own transaction back; that it was refused stays. */
    @Test
    void signInsAndKeysThatAreRefusedForBeingTooManyAreWritten() {
        String network = "203.0.113." + (1 + ThreadLocalRandom.current().nextInt(250));
        untilTooMany(() -> signIn.signIn("nobody_here", "a wrong password", network));
        untilTooMany(() -> keys.authenticate(ApiKeyText.random(), network));
        assertThat(about("network:" + network)).extracting(Row::act).containsExactly("address.limit", "address.limit");
    }

    @Test
    void keysAreWrittenWithoutTheirSecret() {
        Accounts.User ada = Accounts.user("audit_keys");
        CreateKey.NewKey key = create.create(ada.ownerId(), "nightly job", Set.of(Scope.CALL), null);
        revoke.revoke(ada.ownerId(), key.id());
        String prefix = key.key().substring(0, 8);
        assertThat(about("key:" + key.id()))
                .containsExactly(
                        new Row(
                                ada.name(),
                                "",
                                "key.create",
                                null,
                                "nightly job (" + prefix + "…) may call, ends never"),
                        new Row(ada.name(), "", "key.revoke", "nightly job (" + prefix + "…)", null));
        assertThatThrownBy(() -> revoke.revoke(ada.ownerId(), key.id())).isInstanceOf(Problem.class);
        assertThat(about("key:" + key.id())).as("what was refused is no act").hasSize(2);
    }

    @Test
    void limitsTellWhatTheyWere() {
        Accounts.User ada = Accounts.user("audit_limits");
        limits.set(ada.ownerId(), null, LimitPeriod.DAY, Credits.of(5), null);
        limits.set(ada.ownerId(), null, LimitPeriod.DAY, Credits.of(2), null);
        long limit = sql.count("SELECT id FROM spend_limit WHERE owner_id = ?", ada.ownerId());
        limits.remove(ada.ownerId(), limit);
        assertThatThrownBy(() -> limits.remove(ada.ownerId(), limit)).isInstanceOf(Problem.class);
        assertThat(about("account:" + ada.ownerId()))
                .extracting(Row::before, Row::after)
                .containsExactly(
                        tuple(null, "5 credits a day"),
                        tuple("5 credits a day", "2 credits a day"),
                        tuple("2 credits a day", null));
    }

    @Test
    void administratorsActsTellBeforeAndAfter() {
        Accounts.User root = Accounts.administrator("audit_root");
        Accounts.User ada = Accounts.user("audit_user");
        root.form().post("/admin/users/" + ada.name() + "/disable").then().statusCode(303);
        root.form().post("/admin/users/" + ada.name() + "/enable").then().statusCode(303);
        root.form()
                .formParam("approved", true)
                .post("/admin/users/" + ada.name() + "/publisher")
                .then()
                .statusCode(303);
        assertThat(about("user:" + ada.name()))
                .filteredOn(row -> root.name().equals(row.actor))
                .containsExactly(
                        new Row(root.name(), "127.0.0.1", "user.disable", "enabled", "disabled"),
                        new Row(root.name(), "127.0.0.1", "user.enable", "disabled", "enabled"),
                        new Row(root.name(), "127.0.0.1", "publisher.approve", "approved: false", "approved: true"));
        policy.setApprovedOnly(root.caller(), true);
        policy.setApprovedOnly(root.caller(), false);
        assertThat(about("site:publishers"))
                .filteredOn(row -> root.name().equals(row.actor))
                .extracting(Row::before, Row::after)
                .containsExactly(tuple("everyone", "approved"), tuple("approved", "everyone"));
    }

    @Test
    void rolesInAnOrganisationTellBeforeAndAfter() {
        Accounts.User ada = Accounts.user("audit_owner");
        Accounts.User eve = Accounts.user("audit_member");
        String name =
                organisations.create(ada.caller(), "Org_" + Ids.random("o").substring(2, 12));
        members.add(ada.caller(), name, eve.name(), false);
        members.add(ada.caller(), name, eve.name(), true);
        members.remove(ada.caller(), name, eve.name());
        assertThat(about("organisation:" + name))
                .extracting(Row::act, Row::before, Row::after)
                .containsExactly(
                        tuple("organisation.create", null, null),
                        tuple("member.add", null, eve.name() + ": member"),
                        tuple("member.add", eve.name() + ": member", eve.name() + ": owner"),
                        tuple("member.remove", eve.name(), null));
    }

    @Test
    void thePageNarrowsByActTextAndDay() {
        Accounts.User root = Accounts.administrator("audit_reader");
        Accounts.User ada = Accounts.user("audit_sought");
        change.disable(root.caller(), ada.name(), "spam & <b>more</b>");
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        String found = "?act=user.disable&q=" + ada.name();
        root.page()
                .get("/admin/audit" + found + "&from=" + today.minusDays(1) + "&through=" + today.plusDays(1))
                .then()
                .body(containsString("user:" + ada.name()))
                .body(not(containsString("<b>more</b>")));
        root.page()
                .get("/admin/audit" + found + "&from=" + today.plusDays(2))
                .then()
                .body(not(containsString("user:" + ada.name())));
        root.page()
                .get("/admin/audit" + found + "&through=" + today.minusDays(2))
                .then()
                .body(not(containsString("user:" + ada.name())));
        root.page().get("/admin/audit?from=yesterday").then().body(containsString("is no day"));
        given().redirects().follow(false).get("/admin/audit/audit.csv").then().statusCode(303);
        Accounts.user("audit_nosy").page().get("/admin/audit/audit.csv").then().statusCode(404);
    }

    @Test
    void theFileHasEveryActAndNoFormula() {
        Accounts.User root = Accounts.administrator("audit_file");
        Accounts.User ada = Accounts.user("audit_formula");
        // More than one batch of what is read at a time.
        sql.update(
                "INSERT INTO audit (at, act, subject, reason) SELECT now(), 'test.many', ?, '=HYPERLINK(' || n || ')'"
                        + " FROM generate_series(1, 2500) n",
                "user:" + ada.name());
        List<String> lines = root.page()
                .get("/admin/audit/audit.csv?act=test.many&q=" + ada.name())
                .then()
                .statusCode(200)
                .header("Content-Disposition", containsString("algomat-audit.csv"))
                .extract()
                .asString()
                .lines()
                .toList();
        assertThat(lines).hasSize(2501);
        assertThat(lines.getFirst()).isEqualTo("id,at,actor,key_id,address,act,subject,reason,before,after");
        assertThat(lines.get(1)).contains("'=HYPERLINK(2500)").doesNotContain(",=");
        assertThat(lines.getLast()).contains("'=HYPERLINK(1)");
    }

    @Test
    void oneSeesOnesOwnActsOnTheAccountPage() {
        Accounts.User root = Accounts.administrator("audit_acting");
        Accounts.User ada = Accounts.user("audit_self");
        Accounts.User eve = Accounts.user("audit_other");
        CreateKey.NewKey key = create.create(eve.ownerId(), "key of eve", Set.of(Scope.CALL), null);
        change.approvePublisher(root.caller(), ada.name(), true);
        ada.page()
                .get("/account")
                .then()
                .statusCode(200)
                .body(containsString("publisher.approve"))
                .body(containsString("session.open"))
                .body(not(containsString("key of eve")));
        assertThat(key.id()).isPositive();
    }

    /** However often that is, since some of it is given back while a slow machine goes on. */
    private static void untilTooMany(Runnable act) {
        ErrorCode refusal = null;
        while (refusal != ErrorCode.RATE_LIMITED) {
            try {
                act.run();
            } catch (Problem refused) {
                refusal = refused.code();
            }
        }
    }

    private List<Row> about(String subject) {
        return sql.list(
                """
                SELECT o.name AS actor, a.address, a.act, a.before, a.after
                  FROM audit a LEFT JOIN owner o ON o.id = a.actor_id WHERE a.subject = ? ORDER BY a.id
                """,
                row -> new Row(
                        row.getString("actor"),
                        row.getString("address"),
                        row.getString("act"),
                        row.getString("before"),
                        row.getString("after")),
                subject);
    }
}
