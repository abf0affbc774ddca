package io.algomat.calls;

import io.algomat.platform.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Calls with an idempotency key in the database. All times are the database's, which all gateways share. */
@ApplicationScoped
class OnceRows {
    /** A gateway that was not heard for so long does not run the call any more, or will not be paid for it. */
    private static final String ALIVE = "now() + interval '10 seconds'";

    private static final String ACCEPT = """
            INSERT INTO idempotent_call (account_id, key, fingerprint, call_id, alive_until) VALUES (?, ?, ?, ?, %s)
            ON CONFLICT DO NOTHING
            """.formatted(ALIVE);
    private static final String FIND = """
            SELECT call_id, fingerprint, state, alive_until > now() AS alive, answer, output
            FROM idempotent_call WHERE account_id = ? AND key = ?
            """;
    private static final String TAKE_OVER = """
            UPDATE idempotent_call SET call_id = ?, state = 'running', answer = NULL, output = NULL, answered_at = NULL,
                alive_until = %s
            WHERE call_id = ? AND state <> 'done'
            """.formatted(ALIVE);
    private static final String ANSWERED = """
            UPDATE idempotent_call SET state = ?, answer = ?, output = ?, answered_at = now() WHERE call_id = ?
            """;
    private static final String BEAT =
            "UPDATE idempotent_call SET alive_until = %s WHERE call_id = ANY (?::uuid[])".formatted(ALIVE);
    private static final String DROP = """
            UPDATE idempotent_call SET answer = NULL, output = NULL
            WHERE (account_id, key) IN (SELECT account_id, key FROM idempotent_call
                WHERE answered_at < now() - make_interval(secs => ?) AND answer IS NOT NULL AND state = 'done' LIMIT ?)
            """;

    /** @param answer null while it runs, and when it is kept no longer; @param output null too when it was too large */
    record Row(
            UUID callId,
            byte[] fingerprint,
            boolean done,
            boolean alive,
            @Nullable KeptAnswer answer,
            byte @Nullable [] output) {}

    private final Sql sql;

    OnceRows(Sql sql) {
        this.sql = sql;
    }

    /** False when the account has used this key before. */
    boolean accept(long account, String key, byte[] fingerprint, UUID call) {
        return sql.update(ACCEPT, account, key, fingerprint, call) > 0;
    }

    Optional<Row> find(long account, String key) {
        return sql.first(FIND, OnceRows::row, account, key);
    }

    /** False when somebody else was first. */
    boolean takeOver(UUID from, UUID to) {
        return sql.update(TAKE_OVER, to, from) > 0;
    }

    /** @return false when the call was taken over */
    boolean answered(UUID call, boolean done, KeptAnswer answer, byte @Nullable [] output) {
        return sql.update(ANSWERED, done ? "done" : "answered", answer.json(), output, call) > 0;
    }

    void done(UUID call) {
        sql.update("UPDATE idempotent_call SET state = 'done' WHERE call_id = ?", call);
    }

    void forget(UUID call) {
        sql.update("DELETE FROM idempotent_call WHERE call_id = ? AND state <> 'done'", call);
    }

    void beat(Collection<UUID> calls) {
        sql.update(BEAT, (Object) calls.stream().map(UUID::toString).toArray(String[]::new));
    }

    /** Forgets answers that are older than that; the keys stay with their calls. @return how many */
    int dropAnswers(Duration age, int most) {
        return sql.update(DROP, (double) age.toSeconds(), most);
    }

    private static Row row(ResultSet row) throws SQLException {
        String answer = row.getString("answer");
        return new Row(
                row.getObject("call_id", UUID.class),
                row.getBytes("fingerprint"),
                row.getString("state").equals("done"),
                row.getBoolean("alive"),
                answer == null ? null : KeptAnswer.ofJson(answer),
                row.getBytes("output"));
    }
}
