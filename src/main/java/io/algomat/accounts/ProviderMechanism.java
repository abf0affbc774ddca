package io.algomat.accounts;

import io.algomat.platform.ErrorCode;
import io.algomat.platform.Problem;
import io.quarkus.oidc.AuthorizationCodeTokens;
import io.quarkus.oidc.IdTokenCredential;
import io.quarkus.oidc.OidcConfigurationMetadata;
import io.quarkus.oidc.OidcRequestContext;
import io.quarkus.oidc.OidcTenantConfig;
import io.quarkus.oidc.TokenStateManager;
import io.quarkus.oidc.runtime.OidcUtils;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticator;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.jwt.Claims;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;

/**
 * The code flow with the sign-in provider. Quarkus keeps state, nonce and PKCE and verifies the tokens; what it found out is
 * all that stays of it, since the session is Algomat's own.
 */
@ApplicationScoped
public class ProviderMechanism {
    /** Longer than a connection to the provider may take to be made, shorter than a reader's patience. */
    private static final Duration PATIENCE = Duration.ofSeconds(12);

    private final CurrentVertxRequest http;
    private final HttpAuthenticator authenticator;
    private final ProviderConfig config;
    private final ProviderReach reach;

    ProviderMechanism(
            CurrentVertxRequest http, HttpAuthenticator authenticator, ProviderConfig config, ProviderReach reach) {
        this.http = http;
        this.authenticator = authenticator;
        this.config = config;
        this.reach = reach;
    }

    /**
     * Where the browser has to go; it comes back to {@code /sign-in/back}, with a cookie that this answer has set.
     *
     * @throws Problem not-found, without a provider; provider-away, when it does not answer
     */
    public URI begin() {
        RoutingContext context = enabled();
        reach.check();
        try {
            ChallengeData challenge =
                    authenticator.getChallenge(context).await().atMost(PATIENCE);
            return challenge.getHeaders().entrySet().stream()
                    .filter(header -> HttpHeaders.LOCATION
                            .toString()
                            .equalsIgnoreCase(header.getKey().toString()))
                    .findFirst()
                    .map(header -> URI.create(header.getValue()))
                    .orElseThrow(ProviderFailure::refused);
        } catch (RuntimeException failure) {
            throw ProviderFailure.problem(failure, config.name());
        }
    }

    /**
     * Whom the provider vouches for, when the browser came back from it.
     *
     * @throws Problem as {@link #begin}; bad-request, when the provider refused, or what came back belongs to no sign-in that
     *     this browser began
     */
    public ProviderAccount finish() {
        RoutingContext context = enabled();
        try {
            SecurityIdentity identity =
                    authenticator.attemptAuthentication(context).await().atMost(PATIENCE);
            if (identity == null || !(identity.getPrincipal() instanceof JsonWebToken token)) {
                throw ProviderFailure.refused();
            }
            // Quarkus would keep the tokens in a cookie; the session is ours.
            context.response().removeCookies(OidcUtils.SESSION_COOKIE_NAME, false);
            return account(identity, token);
        } catch (RuntimeException failure) {
            throw ProviderFailure.problem(failure, config.name());
        }
    }

    private RoutingContext enabled() {
        if (!config.enabled()) {
            throw Problem.of(ErrorCode.NOT_FOUND, "This site has no other sign-in than its own");
        }
        return http.getCurrent();
    }

    private ProviderAccount account(SecurityIdentity identity, JsonWebToken token) {
        String name = token.getClaim(Claims.preferred_username);
        return new ProviderAccount(
                token.getIssuer(),
                token.getSubject(),
                name == null ? token.getSubject() : name,
                token.getClaim("sid"),
                identity.getRoles().contains(config.administratorRole()),
                signOutUrl(identity));
    }

    private static @Nullable String signOutUrl(SecurityIdentity identity) {
        OidcConfigurationMetadata provider = identity.getAttribute(OidcUtils.CONFIG_METADATA_ATTRIBUTE);
        String address = provider == null ? null : provider.getEndSessionUri();
        return Optional.ofNullable(address)
                .map(end -> end + (end.contains("?") ? "&" : "?") + "id_token_hint="
                        + URLEncoder.encode(
                                identity.getCredential(IdTokenCredential.class).getToken(), StandardCharsets.UTF_8))
                .orElse(null);
    }

    /** Keeps no token: nothing of ours speaks to the provider in a user's name once the user is known. */
    @Alternative
    @Priority(1)
    @ApplicationScoped
    static class NoTokens implements TokenStateManager {
        @Override
        public Uni<String> createTokenState(
                RoutingContext context,
                OidcTenantConfig tenant,
                AuthorizationCodeTokens tokens,
                OidcRequestContext<String> request) {
            return Uni.createFrom().item("none");
        }

        @Override
        public Uni<AuthorizationCodeTokens> getTokens(
                RoutingContext context,
                OidcTenantConfig tenant,
                String state,
                OidcRequestContext<AuthorizationCodeTokens> request) {
            return Uni.createFrom().failure(new IllegalStateException("No token of a provider is kept"));
        }

        @Override
        public Uni<Void> deleteTokens(
                RoutingContext context, OidcTenantConfig tenant, String state, OidcRequestContext<Void> request) {
            return Uni.createFrom().voidItem();
        }
    }
}
