package io.algomat.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.throwable;

import io.algomat.platform.Credits;
import io.algomat.testing.Money;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tries to break the rules of leases with plain SQL, as the application's role. Nothing is committed but the credit. */
@ExtendWith(LedgerBeans.class)
class LeaseInDatabaseTest {
    @Inject
    DataSource database;

    @Inject
    Money money;

    private Connection connection;
    private long caller;
    private long publisher;
    private Claim claim;

    @BeforeEach
    void aGateway() throws SQLException {
        caller = money.ownerWithoutCredit();
        publisher = money.ownerWithoutCredit();
        money.fund(caller, Credits.micro(1000));
        connection = database.getConnection();
        connection.setAutoCommit(false);
        claim = Rows.first(
                        connection,
                        "INSERT INTO gateway DEFAULT VALUES RETURNING id, epoch",
                        row -> new Claim(row.getLong("id"), row.getLong("epoch")))
                .orElseThrow();
    }

    @AfterEach
    void nothing() throws SQLException {
        connection.rollback();
        connection.close();
    }

    @Test
    void noMoreIsLentThanThereIs() throws SQLException {
        assertThat(lend(1001)).isZero();
        assertThat(lend(600)).isEqualTo(600);
        assertThat(lend(401)).isEqualTo(600);
        assertThat(lend(400)).isEqualTo(1000);
    }

    @Test
    void noCreditThatIsLentIsToBeHadByAnyOtherPosting() throws SQLException {
        lend(600);
        refused("23514", "credit that is lent", () -> take(401));
        take(400);
    }

    @Test
    void aChargeSpendsItsLeaseAndNoMoreThanIt() throws SQLException {
        lend(600);
        charge(400, claim);
        assertThat(spent()).isEqualTo(400);
        refused("23514", "credit_lease_spent", () -> charge(201, claim));
        charge(200, claim);
        refused("23514", "credit_lease_spent", () -> charge(1, claim));
    }

    @Test
    void nothingIsChargedOnALeaseThatHasEnded() throws SQLException {
        lend(600);
        assertThat(one("SELECT end_epoch(?, ?)::int", claim.gateway(), claim.epoch()))
                .isEqualTo(1);

        refused("23514", "a lease that has ended", () -> charge(400, claim));
        refused("23514", "a lease that has ended", () -> charge(400, new Claim(claim.gateway(), claim.epoch() + 1)));
        assertThat(Rows.list(
                        connection,
                        "SELECT granted FROM lend_credit(?, ?, ?, 0, 1, 1, 1)",
                        row -> row.getLong(1),
                        claim.gateway(),
                        claim.epoch(),
                        caller))
                .as("nothing is lent in an epoch that is over")
                .isEmpty();
        assertThat(one("SELECT end_epoch(?, ?)::int", claim.gateway(), claim.epoch()))
                .isZero();
        take(1000);
    }

    @Test
    void noMoreIsGivenBackThanIsUnspent() throws SQLException {
        lend(600);
        charge(400, claim);
        refused("23514", "credit_lease_spent", () -> giveBack(201));
        assertThat(giveBack(200)).isEqualTo(400);
        assertThat(giveBack(-100)).as("nobody lends to itself").isEqualTo(400);
    }

    /** It was sent before the gateway looked what became of it, and comes late. */
    @Test
    void whatWasSentUnderAnOlderVersionChangesNothing() throws SQLException {
        lend(600);
        assertThat(one("SELECT version FROM renew_lease(?, ?, ?)", claim.gateway(), claim.epoch(), caller))
                .isEqualTo(1);

        assertThat(lend(100)).isEqualTo(600);
        assertThat(Rows.list(
                        connection,
                        "SELECT granted FROM return_credit(?, ?, ?, 0, 100)",
                        row -> row.getLong(1),
                        claim.gateway(),
                        claim.epoch(),
                        caller))
                .isEmpty();
        assertThat(one("SELECT granted FROM credit_lease WHERE gateway_id = ?", claim.gateway()))
                .isEqualTo(600);
    }

    @Test
    void aFirstLoanThatComesAfterItWasLookedForLendsNothing() throws SQLException {
        one("SELECT version FROM renew_lease(?, ?, ?)", claim.gateway(), claim.epoch(), caller);
        assertThat(lend(100)).isZero();
        take(1000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSERT INTO credit_lease SELECT max(g.id), max(o.id), 1, 5 FROM gateway g, owner o",
                "UPDATE credit_lease SET granted = granted + 1",
                "DELETE FROM credit_lease",
                "UPDATE gateway SET epoch = epoch - 1",
                "DELETE FROM gateway"
            })
    void theApplicationChangesLeasesByTheirFunctionsAlone(String change) {
        refused("42501", "permission denied", () -> Rows.change(connection, change));
    }

    /** A gateway whose machine is gone, in a transaction, must not keep the accounts of its callers for ever. */
    @Test
    void whoLocksAccountsAndFallsSilentIsCutOff() throws SQLException {
        Long[] accounts = {Accounts.in(connection, caller).id(AccountKind.FUNDED)};
        Rows.list(connection, "SELECT id FROM lock_accounts(?)", row -> row.getLong(1), (Object) accounts);

        assertThat(Rows.list(connection, "SHOW idle_in_transaction_session_timeout", row -> row.getString(1)))
                .isEqualTo(List.of("10s"));
    }

    private interface Attempt {
        void run() throws SQLException;
    }

    private void refused(String state, String why, Attempt attempt) {
        assertThatThrownBy(() -> {
                    var before = connection.setSavepoint();
                    try {
                        attempt.run();
                    } finally {
                        connection.rollback(before);
                    }
                })
                .asInstanceOf(throwable(SQLException.class))
                .hasMessageContaining(why)
                .extracting(SQLException::getSQLState)
                .isEqualTo(state);
    }

    /** @return what is granted now */
    private long lend(long micro) throws SQLException {
        return one(
                "SELECT granted FROM lend_credit(?, ?, ?, 0, ?, ?, 0)",
                claim.gateway(),
                claim.epoch(),
                caller,
                micro,
                micro);
    }

    private long giveBack(long micro) throws SQLException {
        return one("SELECT granted FROM return_credit(?, ?, ?, 0, ?)", claim.gateway(), claim.epoch(), caller, micro);
    }

    private long spent() throws SQLException {
        return one("SELECT spent FROM credit_lease WHERE gateway_id = ? AND owner_id = ?", claim.gateway(), caller);
    }

    private long one(String sql, Object... parameters) throws SQLException {
        return Rows.first(connection, sql, row -> row.getLong(1), parameters).orElseThrow();
    }

    /** As a refund or the end of a promotion would. */
    private void take(long micro) throws SQLException {
        Posting.Legs legs = new Posting.Legs()
                .add(Accounts.in(connection, caller).id(AccountKind.FUNDED), Credits.micro(-micro))
                .add(Accounts.in(connection, Accounts.SITE).id(AccountKind.FUNDING), Credits.micro(micro));
        new Posting("credit_grant", UUID.randomUUID().toString(), null, null, legs).book(connection);
    }

    private void charge(long micro, Claim under) throws SQLException {
        HoldRequest call = Calls.royaltyOnly(caller, publisher, micro);
        List<Due> dues = List.of(new Due(call, Credits.micro(micro), Cost.of(call, 1), under));
        Paid paid = new Paid(
                dues,
                Split.of(dues, Credits.ZERO),
                Accounts.in(connection, caller),
                List.of(Accounts.in(connection, publisher)));
        Posting.Legs legs = new Posting.Legs();
        paid.addTo(legs, Accounts.in(connection, Accounts.SITE));
        ChargeRows.write(connection, List.of(paid), legs);
    }
}
