package io.algomat.billing;

import io.algomat.platform.Credits;
import io.algomat.platform.ErrorCode;
import io.algomat.platform.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;

/** Leases in the database, each change in one statement. The rules are the database's; see {@code credit_lease}. */
@ApplicationScoped
class LeaseRows implements Leases {
    private static final String LEND =
            "SELECT granted, version, available, elsewhere, small FROM lend_credit(?, ?, ?, ?, ?, ?, ?)";
    private static final String RENEW = "SELECT granted, spent, version FROM renew_lease(?, ?, ?)";
    private static final String GIVE_BACK =
            "SELECT EXISTS (SELECT FROM return_credit(g.id, g.epoch, ?, ?, ?)) AS given FROM gateway g"
                    + " WHERE g.id = ? AND g.epoch = ?";

    private final DataSource database;
    private final Gateway gateway;
    private final Balances balances;

    LeaseRows(DataSource database, Gateway gateway, Balances balances) {
        this.database = database;
        this.gateway = gateway;
        this.balances = balances;
    }

    @Override
    public Lent lend(Claim claim, long owner, long version, Credits missing, Credits hold, Credits comfort) {
        return ask(
                claim,
                LEND,
                row -> new Lent(
                        Credits.micro(row.getLong("granted")),
                        row.getLong("version"),
                        Credits.micro(row.getLong("available")),
                        Credits.micro(row.getLong("elsewhere")),
                        row.getBoolean("small")),
                claim.gateway(),
                claim.epoch(),
                owner,
                version,
                missing.micro(),
                hold.micro(),
                comfort.micro());
    }

    @Override
    public Lease renew(Claim claim, long owner) {
        return ask(
                claim,
                RENEW,
                row -> new Lease(
                        Credits.micro(row.getLong("granted")),
                        Credits.micro(row.getLong("spent")),
                        row.getLong("version")),
                claim.gateway(),
                claim.epoch(),
                owner);
    }

    @Override
    public boolean giveBack(Claim claim, long owner, long version, Credits amount) {
        return ask(
                claim,
                GIVE_BACK,
                row -> row.getBoolean("given"),
                owner,
                version,
                amount.micro(),
                claim.gateway(),
                claim.epoch());
    }

    @Override
    public Credits spendable(long owner) {
        return balances.of(owner).spendable();
    }

    private <T> T ask(Claim claim, String sql, Rows.Reading<T> reading, Object... parameters) {
        Optional<T> answer;
        try (Connection connection = database.getConnection()) {
            answer = Rows.first(connection, sql, reading, parameters);
        } catch (SQLException e) {
            throw Rows.away(e);
        }
        return answer.orElseThrow(() -> {
            gateway.lost(claim);
            return over();
        });
    }

    /** Nothing was charged: what the call would have been held against is others' again. */
    static Problem over() {
        return Problem.of(
                        ErrorCode.OVERLOADED,
                        "This gateway was silent for so long that its credit leases ended. Nothing was charged; try again.")
                .retryAfter(Duration.ofSeconds(1));
    }
}
