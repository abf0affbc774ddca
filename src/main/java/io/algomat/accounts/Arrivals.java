package io.algomat.accounts;

import io.algomat.platform.Sql;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** People who came from the provider for the first time, until they have chosen what they are called here. */
@ApplicationScoped
class Arrivals {
    private static final Duration LIFE = Duration.ofMinutes(30);

    private final Sql sql;
    private final Clock clock;

    Arrivals(Sql sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
    }

    /** @return a token, for the browser's cookie alone */
    String note(ProviderAccount account) {
        String token = OpaqueToken.random();
        sql.update(
                """
                INSERT INTO arrival (token_hash, issuer, subject, name, provider_session, administrator, sign_out_url,
                                     expires_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """,
                OpaqueToken.hash(token),
                account.issuer(),
                account.subject(),
                account.name(),
                account.session(),
                account.administrator(),
                account.signOutUrl(),
                clock.instant().plus(LIFE));
        return token;
    }

    Optional<ProviderAccount> find(String token) {
        return sql.first(
                "SELECT * FROM arrival WHERE token_hash = ? AND expires_at > ?",
                row -> new ProviderAccount(
                        row.getString("issuer"),
                        row.getString("subject"),
                        row.getString("name"),
                        row.getString("provider_session"),
                        row.getBoolean("administrator"),
                        row.getString("sign_out_url")),
                OpaqueToken.hash(token),
                clock.instant());
    }

    /** @return whether it was still there: of two forms sent at once, one goes on */
    boolean take(String token) {
        return sql.update("DELETE FROM arrival WHERE token_hash = ?", (Object) OpaqueToken.hash(token)) == 1;
    }

    /** The provider ended its session: who came by it has to come again. */
    void forget(String issuer, String subject) {
        sql.update("DELETE FROM arrival WHERE issuer = ? AND subject = ?", issuer, subject);
    }

    @Scheduled(every = "1h")
    void forgetExpired() {
        sql.update("DELETE FROM arrival WHERE expires_at <= ?", clock.instant());
    }
}
