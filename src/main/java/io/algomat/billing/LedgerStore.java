package io.algomat.billing;

import io.algomat.platform.Credits;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where charges are written. It keeps the rules of the ledger, whatever is asked of it; and it may be away. */
interface LedgerStore {
    /** The accounts of an owner, opened if they are not. */
    Accounts.Of accounts(long owner) throws SQLException;

    /** What a root call was charged, with the calls below it. */
    Optional<Charge> find(HoldRequest request) throws SQLException;

    Session begin() throws SQLException;

    /** One transaction. What fails in it leaves open whether it happened only while it commits. */
    interface Session extends AutoCloseable {
        /**
         * Locks accounts one after the other, and waits for whoever has them.
         *
         * @return what they have
         */
        Map<Long, Credits> lockAccounts(List<Long> accounts) throws SQLException;

        /** @return what is unspent of those leases that have not ended, which stay as they are until this ends */
        Map<Loan, Credits> lockLeases(List<Loan> loans) throws SQLException;

        /**
         * @param legs of all of the charges together
         * @throws SQLException when a rule of the ledger refuses any of them
         */
        void write(List<Paid> charges, Posting.Legs legs) throws SQLException;

        void commit() throws SQLException;

        /** Undoes what was not committed. */
        @Override
        void close() throws SQLException;
    }
}
