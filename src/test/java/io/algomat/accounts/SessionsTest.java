package io.algomat.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import io.algomat.platform.Sql;
import io.algomat.testing.Accounts;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

@QuarkusTest
class SessionsTest {
    @Inject
    Sessions sessions;

    @Inject
    Sql sql;

    @Test
    void aSessionEndsWhenItsTimeIsUp() {
        Accounts.User ada = Accounts.user("ada");
        assertThat(sessions.caller(ada.sessionCookie())).isPresent();

        sql.update("UPDATE session SET expires_at = now() WHERE owner_id = ?", ada.ownerId());

        assertThat(sessions.caller(ada.sessionCookie())).isEmpty();
        sessions.forgetExpired();
        assertThat(sql.count("SELECT count(*) FROM session WHERE owner_id = ?", ada.ownerId()))
                .isZero();
    }

    @Test
    void usingASessionLengthensItUpToItsEnd() {
        Accounts.User ada = Accounts.user("ada");
        Instant before = expiry(ada);
        sessions.caller(ada.sessionCookie());
        assertThat(expiry(ada)).as("not written within the minute").isEqualTo(before);

        sql.update(
                "UPDATE session SET last_seen_at = now() - interval '1 hour', expires_at = now() + interval '1 hour',"
                        + " ends_at = now() + interval '2 hours' WHERE owner_id = ?",
                ada.ownerId());
        sessions.caller(ada.sessionCookie());

        assertThat(expiry(ada))
                .isBetween(
                        Instant.now().plus(Duration.ofMinutes(119)),
                        Instant.now().plus(Duration.ofMinutes(121)));
    }

    @Test
    void theDatabaseHoldsNoTokenOfASession() {
        Accounts.User ada = Accounts.user("ada");

        String row = sql.first(
                        "SELECT to_jsonb(s)::text AS row FROM session s WHERE owner_id = ?",
                        found -> found.getString("row"),
                        ada.ownerId())
                .orElseThrow();

        assertThat(row).doesNotContain(ada.sessionCookie());
    }

    @Test
    void nobodyEndsASessionOfSomebodyElse() {
        Accounts.User ada = Accounts.user("ada");
        Accounts.User eve = Accounts.user("eve");
        long id = sessions.of(ada.ownerId(), ada.sessionCookie()).getFirst().id();

        sessions.revoke(eve.ownerId(), id);
        assertThat(sessions.caller(ada.sessionCookie())).isPresent();

        sessions.revoke(ada.ownerId(), id);
        assertThat(sessions.caller(ada.sessionCookie())).isEmpty();
    }

    private Instant expiry(Accounts.User user) {
        return sql.first(
                        "SELECT expires_at FROM session WHERE owner_id = ?",
                        row -> Sql.time(row, "expires_at"),
                        user.ownerId())
                .orElseThrow();
    }
}
