package io.algomat.accounts;

import io.algomat.platform.ErrorCode;
import io.algomat.platform.Problem;
import io.quarkus.oidc.OIDCException;
import io.smallrye.mutiny.TimeoutException;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jose4j.jwt.consumer.ErrorCodes;
import org.jose4j.jwt.consumer.InvalidJwtException;

/** What went wrong between us and the provider, in words for whoever waits; the exception itself goes to the log. */
final class ProviderFailure {
    private static final Logger LOG = Logger.getLogger(ProviderFailure.class);
    private static final Duration RETRY = Duration.ofSeconds(30);

    private ProviderFailure() {}

    /** A sign-in that came to nothing. */
    static Problem problem(RuntimeException failure, String provider) {
        if (failure instanceof Problem problem) {
            return problem;
        }
        if (isAway(failure)) {
            return away(failure.toString(), provider);
        }
        LOG.warnf("A sign-in by %s was refused: %s", provider, failure.getMessage());
        return refused();
    }

    /** A token of a call that is not taken. */
    static Problem token(RuntimeException failure, ProviderConfig config) {
        Optional<InvalidJwtException> invalid =
                cause(failure, InvalidJwtException.class::isInstance).map(InvalidJwtException.class::cast);
        if (invalid.isEmpty() && isAway(failure)) {
            return away(failure.toString(), config.name());
        }
        return Problem.of(
                ErrorCode.TOKEN_REFUSED, invalid.map(why -> reason(why, config)).orElse("The token is not valid"));
    }

    private static String reason(InvalidJwtException why, ProviderConfig config) {
        if (why.hasExpired()) {
            return "The token has expired; get a new one from " + config.name();
        }
        if (why.hasErrorCode(ErrorCodes.AUDIENCE_INVALID) || why.hasErrorCode(ErrorCodes.AUDIENCE_MISSING)) {
            return "The token is not meant for this site: its audience must name '" + config.audience() + "'";
        }
        if (why.hasErrorCode(ErrorCodes.ISSUER_INVALID) || why.hasErrorCode(ErrorCodes.ISSUER_MISSING)) {
            return "The token is from another issuer; expected one from "
                    + config.url().orElseThrow();
        }
        return "The token is not valid";
    }

    static Problem refused() {
        return Problem.of(
                ErrorCode.BAD_REQUEST,
                "The sign-in was not finished: it was cancelled, took too long, or belongs to another browser. Begin again.");
    }

    static Problem away(String why, String provider) {
        LOG.warnf("%s does not answer: %s", provider, why);
        return Problem.of(
                        ErrorCode.PROVIDER_AWAY,
                        provider
                                + " does not answer now, so nobody can sign in with it. Calls by API key and sessions go"
                                + " on; a local password still signs in.")
                .retryAfter(RETRY);
    }

    private static boolean isAway(Throwable failure) {
        return cause(
                        failure,
                        cause -> cause instanceof OIDCException
                                || cause instanceof IOException
                                || cause instanceof TimeoutException
                                || cause instanceof java.util.concurrent.TimeoutException)
                .isPresent();
    }

    private static Optional<Throwable> cause(Throwable failure, Predicate<Throwable> sought) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .limit(20)
                .filter(sought)
                .findFirst();
    }
}
