package io.algomat.billing;

import io.algomat.platform.Credits;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A change of several accounts that adds up to nothing. Whether it does, and whether the accounts cover it, is the
 * database's to decide; see {@code V0030__ledger.sql}.
 *
 * @param source what it is made for: the same source is booked once
 * @param memo why, in the actor's words
 * @param actorId who acted, or null for the system
 */
record Posting(
        String kind,
        String source,
        @Nullable String memo,
        @Nullable Long actorId,
        Legs legs) {
    private static final String BOOK = """
            WITH booked AS (INSERT INTO posting (kind, source, memo, actor_id) VALUES (?, ?, ?, ?)
                            ON CONFLICT DO NOTHING RETURNING id)
            INSERT INTO leg (posting_id, account_id, amount)
            SELECT booked.id, legs.account, legs.amount FROM booked, unnest(?, ?) AS legs (account, amount)
            """;

    /** Changes of accounts; positive is towards the account's owner. Nothing is a leg when it is zero. */
    static final class Legs {
        private final Map<Long, Long> amounts = new LinkedHashMap<>();

        /** Amounts for one account become one leg. */
        Legs add(long account, Credits amount) {
            if (!amount.isZero()) {
                amounts.merge(account, amount.micro(), Math::addExact);
                amounts.remove(account, 0L);
            }
            return this;
        }

        boolean isEmpty() {
            return amounts.isEmpty();
        }

        Long[] accounts() {
            return amounts.keySet().toArray(Long[]::new);
        }

        Long[] amounts() {
            return amounts.values().toArray(Long[]::new);
        }
    }

    /**
     * Books all legs in one statement.
     *
     * @return false when nothing was changed: this source was booked before, or nothing moves (a grant of 0)
     */
    boolean book(Connection connection) throws SQLException {
        return !legs.isEmpty()
                && Rows.change(connection, BOOK, kind, source, memo, actorId, legs.accounts(), legs.amounts()) > 0;
    }

    /**
     * As {@link #book}, for what keeps a row of its own beside the posting.
     *
     * @return the posting's id; empty when nothing was changed
     */
    OptionalLong bookedAs(Connection connection) throws SQLException {
        if (!book(connection)) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(Rows.first(
                        connection,
                        "SELECT id FROM posting WHERE kind = ? AND source = ?",
                        row -> row.getLong("id"),
                        kind,
                        source)
                .orElseThrow());
    }
}
