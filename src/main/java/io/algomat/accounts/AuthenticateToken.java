package io.algomat.accounts;

import io.algomat.platform.ErrorCode;
import io.algomat.platform.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.jwt.JsonWebToken;

/**
 * Finds the caller behind an access token of the provider: whoever is connected with its issuer and subject, with the scopes
 * of Algomat that the token names. What was found is kept as for keys, by the token's hash and until it expires.
 */
@ApplicationScoped
class AuthenticateToken {
    private final ProviderTokens tokens;
    private final KeyCache cache;
    private final CallerRows rows;
    private final AddressLimits limits;
    private final ProviderConfig config;
    private final Clock clock;

    AuthenticateToken(
            ProviderTokens tokens,
            KeyCache cache,
            CallerRows rows,
            AddressLimits limits,
            ProviderConfig config,
            Clock clock) {
        this.tokens = tokens;
        this.cache = cache;
        this.rows = rows;
        this.limits = limits;
        this.config = config;
        this.clock = clock;
    }

    /** Whether this is the form of a token, which no key has, and there is a provider to have made it. */
    boolean applies(String text) {
        return config.enabled()
                && text.startsWith("ey")
                && text.chars().filter(c -> c == '.').count() == 2;
    }

    /** @throws Problem token-refused, saying what is wrong with it; provider-away, when it cannot be verified now */
    Caller authenticate(String token, String address) {
        limits.refuseIfSpent(AddressLimits.Kind.UNKNOWN_KEY, address);
        Instant now = clock.instant();
        try {
            return cache.get(OpaqueToken.hash(token), () -> Optional.of(verify(token)))
                    .filter(known -> known.expiresAt() != null && now.isBefore(known.expiresAt()))
                    .map(CallerRows.KeyCaller::caller)
                    .orElseThrow(() -> refused("The token has expired; get a new one from " + config.name()));
        } catch (Problem problem) {
            if (problem.code() == ErrorCode.TOKEN_REFUSED) {
                limits.spend(AddressLimits.Kind.UNKNOWN_KEY, address);
            }
            throw problem;
        }
    }

    private CallerRows.KeyCaller verify(String token) {
        JsonWebToken verified = tokens.access(token);
        Caller caller = rows.byProvider(verified.getIssuer(), verified.getSubject(), scopes(verified))
                .orElseThrow(
                        () -> refused("Nobody here is connected with this token's user, or the account is disabled;"
                                + " sign in once on the pages with " + config.name()));
        return new CallerRows.KeyCaller(caller, Instant.ofEpochSecond(verified.getExpirationTime()));
    }

    private static Set<Scope> scopes(JsonWebToken token) {
        String named = token.getClaim("scope");
        Set<String> words = new HashSet<>(Arrays.asList((named == null ? "" : named).split(" ")));
        return Arrays.stream(Scope.values())
                .filter(scope -> words.contains(scope.wire()))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Problem refused(String why) {
        return Problem.of(ErrorCode.TOKEN_REFUSED, why);
    }
}
