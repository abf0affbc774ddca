package io.algomat.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.throwable;

import io.algomat.platform.Credits;
import io.algomat.platform.Ids;
import io.algomat.testing.Money;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tries to break the ledger with plain SQL, as the application's role unless said otherwise. Nothing is committed. */
@ExtendWith(LedgerBeans.class)
class LedgerInDatabaseTest {
    private static final String CHARGE = """
            WITH booked AS (INSERT INTO posting (kind) VALUES ('charge') RETURNING id),
            charged AS (
                INSERT INTO charge (posting_id, call_id, caller_id, publisher_id, version_id, algorithm, version, device,
                    billed_ms, held, royalty, fee, compute, promo, royalty_free, price_royalty, rate_per_ms, take_bps)
                SELECT id, ?, ?, ?, -1, 'demo/echo', '1.0.0', 'cpu', 0, ?, ?, ?, 0, 0, false, ?, 0, 1500 FROM booked)
            INSERT INTO leg (posting_id, account_id, amount)
            SELECT booked.id, a.id, m.amount FROM booked, (VALUES (?, 'funded', ?), (?, 'earnings', ?), (NULL, 'site_fee', ?))
                AS m (owner, kind, amount)
            JOIN ledger_account a ON a.kind = m.kind AND a.owner_id IS NOT DISTINCT FROM m.owner::bigint
            WHERE m.amount <> 0
            """;

    @ConfigProperty(name = "algomat.db.url")
    String url;

    @ConfigProperty(name = "algomat.db.username")
    String app;

    @ConfigProperty(name = "algomat.db.password")
    String appPassword;

    @ConfigProperty(name = "algomat.db.owner-username")
    String owner;

    @ConfigProperty(name = "algomat.db.owner-password")
    String ownerPassword;

    @Inject
    Money money;

    private Connection connection;
    private long caller;
    private long publisher;
    private Accounts.Of callers;
    private Accounts.Of publishers;

    @BeforeEach
    void connectAsTheApplication() throws SQLException {
        connection = connect(app, appPassword);
        caller = money.ownerWithoutCredit();
        publisher = money.ownerWithoutCredit();
        callers = Accounts.in(connection, caller);
        publishers = Accounts.in(connection, publisher);
        connection.commit();
        money.fund(caller, Credits.micro(1000));
    }

    @AfterEach
    void disconnect() throws SQLException {
        connection.rollback();
        connection.close();
    }

    private Connection connect(String role, String password) throws SQLException {
        Connection opened = DriverManager.getConnection(url, role, password);
        opened.setAutoCommit(false);
        return opened;
    }

    @Test
    void aPostingThatDoesNotAddUpIsRefused() {
        refused("23514", "add up to zero", () -> legs(5, -4));
        // Not even two wrongs in one statement that cancel each other out.
        refused(
                "23514",
                "add up to zero",
                () -> Rows.change(
                        connection,
                        """
                WITH a AS (INSERT INTO posting (kind, source) VALUES ('credit_grant', ?) RETURNING id),
                     b AS (INSERT INTO posting (kind, source) VALUES ('credit_grant', ?) RETURNING id)
                INSERT INTO leg SELECT id, ?, 5 FROM a UNION ALL SELECT id, ?, -5 FROM b
                """,
                        UUID.randomUUID().toString(),
                        UUID.randomUUID().toString(),
                        funded(),
                        earnings()));
    }

    @Test
    void aBookedPostingTakesNoFurtherLegs() throws SQLException {
        legs(-5, 5);
        refused(
                "23514",
                "no further legs",
                () -> Rows.change(
                        connection,
                        "INSERT INTO leg SELECT max(id), ?, -1 FROM posting UNION ALL SELECT max(id), ?, 1 FROM posting",
                        callers.id(AccountKind.EARNINGS),
                        publishers.id(AccountKind.FUNDED)));
    }

    @Test
    void noBalanceGoesBelowZero() throws SQLException {
        legs(-1000, 1000);
        refused("23514", "ledger_account_floor", () -> legs(-1, 1));
    }

    @Test
    void aBalanceMovesByPostingsAlone() throws SQLException {
        legs(-400, 400);
        assertThat(balance(funded())).isEqualTo(600);
        refused(
                "42501",
                "ledger_account",
                () -> Rows.change(connection, "UPDATE ledger_account SET balance = 1000000 WHERE id = ?", funded()));
        refused(
                "42501",
                "ledger_account",
                () -> Rows.change(connection, "INSERT INTO ledger_account (kind, balance) VALUES ('funding', NULL)"));
        refused(
                "42501",
                "ledger_account",
                () -> Rows.change(connection, "DELETE FROM ledger_account WHERE id = ?", funded()));
    }

    @Test
    void aCallIdIsChargedOnce() throws SQLException {
        UUID call = Ids.newCallId(Clock.systemUTC());
        charge(call, 100, 100, 15, -100, 85);
        refused("23505", "charge_pkey", () -> charge(call, 100, 100, 15, -100, 85));
    }

    @Test
    void aGrantIsBookedOnceForItsSource() throws SQLException {
        String again = "INSERT INTO posting (kind, source) VALUES ('sign_up', ?)";
        Rows.change(connection, again, "-" + caller);
        refused("23505", "posting_once", () -> Rows.change(connection, again, "-" + caller));
    }

    @Test
    void aChargeAboveItsHoldIsRefused() {
        refused("23514", "charge_within_hold", () -> charge(UUID.randomUUID(), 99, 100, 15, -100, 85));
    }

    @Test
    void aChargeThatDiffersFromItsLegsIsRefused() {
        refused("23514", "differs from the legs", () -> charge(UUID.randomUUID(), 100, 100, 15, -99, 84));
        refused("23514", "differs from the legs", () -> charge(UUID.randomUUID(), 100, 100, 15, 0, 0));
    }

    @Test
    void legsOfAChargeWithoutTheChargeAreRefused() {
        refused("23514", "without the charge", () -> Rows.change(connection, """
                WITH booked AS (INSERT INTO posting (kind) VALUES ('charge') RETURNING id)
                INSERT INTO leg SELECT id, ?, -7 FROM booked UNION ALL SELECT id, ?, 7 FROM booked
                """, funded(), earnings()));
    }

    @Test
    void aLegHasAPostingAndAnAccountAndAnAccountIsNeverDeleted() throws SQLException {
        refused(
                "23503",
                "without its posting or account",
                () -> Rows.change(connection, "INSERT INTO leg VALUES (-1, ?, 1), (-1, ?, -1)", funded(), earnings()));
        refused("23503", "without its posting or account", () -> Rows.change(connection, """
                WITH booked AS (INSERT INTO posting (kind, source) VALUES ('credit_grant', 'nowhere') RETURNING id)
                INSERT INTO leg SELECT id, -1, 1 FROM booked UNION ALL SELECT id, ?, -1 FROM booked
                """, funded()));
        try (Connection asOwner = connect(owner, ownerPassword)) {
            assertThatThrownBy(() -> Rows.change(asOwner, "DELETE FROM ledger_account WHERE id = ?", funded()))
                    .hasMessageContaining("ledger_account is append-only");
            asOwner.rollback();
        }
    }

    @Test
    void aChargeHasAPostingAndANestedOneItsRoot() {
        refused("23514", "differs from the legs", () -> nakedCharge(-1L, 100, null));
        refused("23514", "its root and parent", () -> nakedCharge(null, 0, UUID.randomUUID()));
    }

    private void nakedCharge(Long posting, long royalty, UUID root) throws SQLException {
        Rows.change(connection, """
                INSERT INTO charge (posting_id, call_id, caller_id, publisher_id, version_id, algorithm, version, device,
                    billed_ms, held, royalty, fee, compute, promo, royalty_free, price_royalty, rate_per_ms, take_bps,
                    root_call_id, parent_call_id)
                VALUES (?::bigint, ?, ?, ?, -1, 'demo/echo', '1.0.0', 'cpu', 0, 100, ?, 0, 0, 0, false, ?, 0, 0, ?::uuid, ?::uuid)
                """, posting, UUID.randomUUID(), caller, publisher, royalty, royalty, root, root);
    }

    @ParameterizedTest
    @CsvSource({"100, 14, charge_fee_as_priced", "100, 16, charge_fee_as_priced", "90, 13, charge_royalty_as_priced"})
    void aChargeOffItsPriceIsRefused(long royalty, long fee, String constraint) {
        refused("23514", constraint, () -> Rows.change(connection, """
                INSERT INTO charge (posting_id, call_id, caller_id, publisher_id, version_id, algorithm, version, device,
                    billed_ms, held, royalty, fee, compute, promo, royalty_free, price_royalty, rate_per_ms, take_bps)
                VALUES (-1, ?, 1, 1, -1, 'demo/echo', '1.0.0', 'cpu', 0, 1000, ?, ?, 0, 0, false, 100, 0, 1500)
                """, UUID.randomUUID(), royalty, fee));
    }

    @ParameterizedTest
    @CsvSource({
        "2001, 3, 2, 10, 102, charge_royalty_as_priced",
        "2001, 3, 2, 10, 104, charge_royalty_as_priced",
        "10001, 3, 2, 10, 115, charge_units_capped",
        "-1, 3, 2, 10, 100, charge_units_capped",
        "2000, -3, 2, 10, 97, charge_unit_price",
        "2000, , 2, 10, 100, charge_unit_whole"
    })
    void unitsOffTheirPriceAreRefused(
            long units, @Nullable Long price, long per, long most, long royalty, String constraint) {
        refused(
                "23514",
                constraint,
                () -> Rows.change(connection, """
                INSERT INTO charge (posting_id, call_id, caller_id, publisher_id, version_id, algorithm, version, device,
                    billed_ms, held, royalty, fee, compute, promo, royalty_free, price_royalty, rate_per_ms, take_bps,
                    units, unit_metric, unit_price, unit_per, unit_most)
                VALUES (-1, ?, 1, 1, -1, 'demo/echo', '1.0.0', 'cpu', 0, 1000, ?, 0, 0, 0, false, 100, 0, 0,
                        ?, 'pages', ?::bigint, ?, ?)
                """, UUID.randomUUID(), royalty, units, price, per, most));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE posting SET memo = memo",
                "UPDATE leg SET amount = amount",
                "UPDATE charge SET device = device",
                "DELETE FROM posting",
                "DELETE FROM leg",
                "DELETE FROM charge",
                "TRUNCATE posting CASCADE",
                "TRUNCATE leg CASCADE",
                "TRUNCATE charge CASCADE"
            })
    void theApplicationCannotChangeAJournalAndItsOwnerHasToDropATriggerFirst(String change) throws SQLException {
        refused("42501", "permission denied", () -> Rows.change(connection, change));
        try (Connection asOwner = connect(owner, ownerPassword)) {
            assertThatThrownBy(() -> Rows.change(asOwner, change)).hasMessageContaining("append-only");
            asOwner.rollback();
        }
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

    private long funded() {
        return callers.id(AccountKind.FUNDED);
    }

    private long earnings() {
        return publishers.id(AccountKind.EARNINGS);
    }

    /** A posting that moves the caller's funded credit and the publisher's earnings. */
    private void legs(long toCaller, long toPublisher) throws SQLException {
        Posting.Legs legs =
                new Posting.Legs().add(funded(), Credits.micro(toCaller)).add(earnings(), Credits.micro(toPublisher));
        new Posting("credit_grant", UUID.randomUUID().toString(), null, null, legs).book(connection);
    }

    private void charge(UUID call, long held, long royalty, long fee, long fromCaller, long toPublisher)
            throws SQLException {
        Rows.change(
                connection,
                CHARGE,
                call,
                caller,
                publisher,
                held,
                royalty,
                fee,
                royalty,
                caller,
                fromCaller,
                publisher,
                toPublisher,
                -fromCaller - toPublisher);
    }

    private long balance(long account) throws SQLException {
        return Rows.first(connection, "SELECT balance FROM ledger_account WHERE id = ?", row -> row.getLong(1), account)
                .orElseThrow();
    }
}
