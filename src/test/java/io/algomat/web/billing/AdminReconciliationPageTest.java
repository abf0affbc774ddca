package io.algomat.web.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;

import io.algomat.billing.LedgerRule;
import io.algomat.billing.Reconciliation;
import io.algomat.billing.Reconciliations;
import io.algomat.testing.Accounts;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

@QuarkusTest
class AdminReconciliationPageTest {
    @Inject
    Reconciliations reconciliations;

    @Inject
    DataSource database;

    @Test
    void theButtonReconcilesAndThePageShowsEachRule() {
        Accounts.User administrator = Accounts.administrator("reconciler");

        administrator.form().post("/admin/reconciliation").then().statusCode(303);

        Reconciliation last = reconciliations.newest(20).stream()
                .filter(made -> administrator.name().equals(made.actor()))
                .findFirst()
                .orElseThrow();
        assertThat(last.findings()).extracting(Reconciliation.Finding::rule).containsExactly(LedgerRule.values());
        administrator
                .page()
                .get("/admin/reconciliation")
                .then()
                .statusCode(200)
                .body(containsString(LedgerRule.ROLL_UP_EQUALS_CHARGES.promise()))
                .body(containsString("by " + administrator.name()));
        administrator
                .page()
                .get("/admin/billing")
                .then()
                .body(containsString("href=\"/admin/reconciliation\""))
                .body(containsString("ledger"));
    }

    @Test
    void twoAtOnceAreOne() throws SQLException {
        Accounts.User administrator = Accounts.administrator("reconciler");
        try (Connection other = database.getConnection();
                PreparedStatement lock =
                        other.prepareStatement("SELECT pg_advisory_xact_lock(hashtext('reconcile'))")) {
            other.setAutoCommit(false);
            lock.execute();

            administrator.form().post("/admin/reconciliation").then().statusCode(409);
            other.rollback();
        }
    }

    @Test
    void nobodyButAnAdministratorFindsIt() {
        Accounts.User user = Accounts.user("reconciler");
        user.page().get("/admin/reconciliation").then().statusCode(404);
        user.form().post("/admin/reconciliation").then().statusCode(404);
    }
}
