package io.algomat.accounts;

import io.algomat.platform.Problem;
import io.algomat.platform.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Optional;
import java.util.OptionalLong;

/** The passwords of local accounts. */
@ApplicationScoped
class Passwords {
    private static final int SHORTEST = 10;
    /** Far above any person's, far below what would make hashing it a burden. */
    private static final int LONGEST = 200;

    private record Stored(long ownerId, String hash) {}

    private final Sql sql;
    private final PasswordHash hashes;
    private final Clock clock;

    Passwords(Sql sql, PasswordHash hashes, Clock clock) {
        this.sql = sql;
        this.hashes = hashes;
        this.clock = clock;
    }

    /**
     * Hashes a new password; outside of a transaction, since this takes long.
     *
     * @throws Problem invalid, when it is too short or too long, naming the field
     */
    String hash(String field, String password) {
        if (password.length() < SHORTEST || password.length() > LONGEST) {
            throw Problem.invalid(
                    field, "A password has at least " + SHORTEST + " and at most " + LONGEST + " characters");
        }
        return hashes.of(password);
    }

    boolean has(long ownerId) {
        return sql.count("SELECT count(*) FROM password WHERE owner_id = ?", ownerId) > 0;
    }

    void store(long ownerId, String hash) {
        sql.update("""
                INSERT INTO password (owner_id, hash, changed_at) VALUES (?, ?, ?)
                ON CONFLICT (owner_id) DO UPDATE SET hash = excluded.hash, changed_at = excluded.changed_at
                """, ownerId, hash, clock.instant());
    }

    /** The enabled account with this name and password; finding out takes equally long whether it exists or not. */
    OptionalLong owner(String name, String password) {
        Optional<Stored> stored =
                sql.first("""
                SELECT o.id, p.hash FROM owner o JOIN password p ON p.owner_id = o.id
                WHERE lower(o.name) = lower(?) AND o.disabled_at IS NULL
                """, row -> new Stored(row.getLong("id"), row.getString("hash")), name.strip());
        boolean right = hashes.matches(password, stored.map(Stored::hash).orElse(null));
        return right ? OptionalLong.of(stored.orElseThrow().ownerId()) : OptionalLong.empty();
    }
}
