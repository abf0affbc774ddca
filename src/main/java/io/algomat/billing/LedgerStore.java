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

    /**
     * What there is, which stays as it is until the transaction ends.
     *
     * @param balances by account
     * @param unspent of those leases that have not ended
     */
    record Locked(Map<Long, Credits> balances, Map<Loan, Credits> unspent) {}

    /** One transaction. What fails in it leaves open whether it happened only while it commits. */
    interface Session extends AutoCloseable {
        /** Locks all that is named, one after the other, and waits for whoever has it. */
        Locked lock(List<Long> accounts, List<Loan> loans) throws SQLException;

        /**
         * Writes charges and commits.
         *
         * @param legs of all of the charges together
         * @throws SQLException when a rule of the ledger refuses any of them; or when it is not known what became of it
         */
        void commit(List<Paid> charges, Posting.Legs legs) throws SQLException;

        /** Undoes what was not committed. */
        @Override
        void close() throws SQLException;
    }
}
