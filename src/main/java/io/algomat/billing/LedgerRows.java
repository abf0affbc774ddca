package io.algomat.billing;

import io.algomat.platform.Credits;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;
import javax.sql.DataSource;

/** The ledger in PostgreSQL. */
@ApplicationScoped
class LedgerRows implements LedgerStore {
    private static final String LOCK = "SELECT account, gateway, epoch, owner, amount FROM lock_payers(?, ?, ?, ?)";

    private final DataSource database;
    private final Accounts accounts;

    LedgerRows(DataSource database, Accounts accounts) {
        this.database = database;
        this.accounts = accounts;
    }

    @Override
    public Accounts.Of accounts(long owner) throws SQLException {
        return accounts.of(owner);
    }

    @Override
    public Optional<Charge> find(HoldRequest request) throws SQLException {
        try (Connection connection = database.getConnection()) {
            return ChargeRows.find(connection, request);
        }
    }

    @Override
    public Session begin() throws SQLException {
        Connection connection = database.getConnection();
        try {
            connection.setAutoCommit(false);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
        return new Transaction(connection);
    }

    private static final class Transaction implements Session {
        private final Connection connection;
        private boolean committed;

        Transaction(Connection connection) {
            this.connection = connection;
        }

        @Override
        public Locked lock(List<Long> accounts, List<Loan> loans) throws SQLException {
            Map<Long, Credits> balances = new HashMap<>();
            Map<Loan, Credits> unspent = new HashMap<>();
            Rows.list(
                    connection,
                    LOCK,
                    row -> {
                        Credits amount = Credits.micro(row.getLong("amount"));
                        long account = row.getLong("account");
                        return row.wasNull()
                                ? unspent.put(
                                        new Loan(
                                                new Claim(row.getLong("gateway"), row.getLong("epoch")),
                                                row.getLong("owner")),
                                        amount)
                                : balances.put(account, amount);
                    },
                    accounts.toArray(Long[]::new),
                    numbers(loans, loan -> loan.claim().gateway()),
                    numbers(loans, loan -> loan.claim().epoch()),
                    numbers(loans, Loan::owner));
            return new Locked(balances, unspent);
        }

        private static Long[] numbers(List<Loan> loans, ToLongFunction<Loan> number) {
            return loans.stream().mapToLong(number).boxed().toArray(Long[]::new);
        }

        @Override
        public void commit(List<Paid> charges, Posting.Legs legs) throws SQLException {
            ChargeRows.writeAndCommit(connection, charges, legs);
            connection.commit();
            committed = true;
        }

        @Override
        public void close() throws SQLException {
            try (connection) {
                if (!committed) {
                    connection.rollback();
                }
            }
        }
    }
}
