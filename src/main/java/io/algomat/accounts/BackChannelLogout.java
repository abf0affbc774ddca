package io.algomat.accounts;

import io.algomat.platform.ErrorCode;
import io.algomat.platform.Problem;
import io.algomat.platform.Sql;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;

/**
 * The provider says that a session of its own ended (OpenID Connect Back-Channel Logout 1.0): ours that came from it end with
 * it, on every gateway, since they are rows.
 */
@ApplicationScoped
public class BackChannelLogout {
    private static final String EVENT = "http://schemas.openid.net/event/backchannel-logout";
    /** Also the longest for which the id of a token must be remembered. */
    private static final Duration OLDEST = Duration.ofMinutes(10);

    private final ProviderTokens tokens;
    private final ProviderConfig config;
    private final Sessions sessions;
    private final Arrivals arrivals;
    private final Audit audit;
    private final Sql sql;
    private final Clock clock;

    BackChannelLogout(
            ProviderTokens tokens,
            ProviderConfig config,
            Sessions sessions,
            Arrivals arrivals,
            Audit audit,
            Sql sql,
            Clock clock) {
        this.tokens = tokens;
        this.config = config;
        this.sessions = sessions;
        this.arrivals = arrivals;
        this.audit = audit;
        this.sql = sql;
        this.clock = clock;
    }

    /**
     * @return the number of sessions that ended
     * @throws Problem not-found, without a provider; bad-request, when this is no logout token or was taken before;
     *     provider-away, when its keys cannot be had
     */
    public int end(String text) {
        if (!config.enabled()) {
            throw Problem.of(ErrorCode.NOT_FOUND, "This site has no other sign-in than its own");
        }
        JsonWebToken token = verified(text);
        String issuer = token.getIssuer();
        String subject = token.getSubject();
        String session = token.getClaim("sid");
        check(token, subject, session);
        return QuarkusTransaction.requiringNew().call(() -> {
            takeOnce(issuer, token.getTokenID());
            int ended = sessions.revokeProvided(issuer, subject, session);
            if (subject != null) {
                arrivals.forget(issuer, subject);
            }
            audit.record(null, "session.end-by-provider", "provider:" + subject(subject, session), ended + " ended");
            return ended;
        });
    }

    private JsonWebToken verified(String text) {
        try {
            return tokens.logout(text);
        } catch (Problem problem) {
            throw problem.code() == ErrorCode.TOKEN_REFUSED ? bad(problem.detail()) : problem;
        }
    }

    private void check(JsonWebToken token, @Nullable String subject, @Nullable String session) {
        if (!(token.getClaim("events") instanceof JsonObject events) || !(events.get(EVENT) instanceof JsonObject)) {
            throw bad("The token does not name the event of a logout");
        }
        if (token.containsClaim("nonce")) {
            throw bad("A logout token has no nonce; this one would pass for an ID token");
        }
        if (subject == null && session == null) {
            throw bad("The token names neither a user nor a session");
        }
        Instant issued = Instant.ofEpochSecond(token.getIssuedAtTime());
        if (token.getTokenID() == null || issued.isBefore(clock.instant().minus(OLDEST))) {
            throw bad("The token has no id, or is too old");
        }
    }

    private void takeOnce(String issuer, String id) {
        int fresh = sql.update(
                "INSERT INTO logout_token (issuer, jti, expires_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                issuer,
                id,
                clock.instant().plus(OLDEST.multipliedBy(2)));
        if (fresh == 0) {
            throw bad("The token was taken before");
        }
    }

    private static String subject(@Nullable String subject, @Nullable String session) {
        return subject == null ? "session " + session : subject;
    }

    private static Problem bad(String why) {
        return Problem.of(ErrorCode.BAD_REQUEST, why);
    }

    @Scheduled(every = "1h")
    void forgetExpired() {
        sql.update("DELETE FROM logout_token WHERE expires_at <= ?", clock.instant());
    }
}
