package io.algomat.accounts;

import io.algomat.platform.ErrorCode;
import io.algomat.platform.Problem;
import io.quarkus.oidc.AccessTokenCredential;
import io.quarkus.oidc.Tenant;
import io.quarkus.oidc.TenantIdentityProvider;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.eclipse.microprofile.jwt.JsonWebToken;

/**
 * Verifies tokens of the provider: Quarkus checks signature, issuer, audience and expiry, as the two tenants of
 * application.properties say; their kind is checked here, since an ID token names the same audience and is no leave to call.
 * The provider is asked for its keys, not about each token.
 */
@ApplicationScoped
class ProviderTokens {
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    private final TenantIdentityProvider calls;
    private final TenantIdentityProvider logouts;
    private final ProviderConfig config;

    ProviderTokens(
            @Tenant("realm-calls") TenantIdentityProvider calls,
            @Tenant("realm-logouts") TenantIdentityProvider logouts,
            ProviderConfig config) {
        this.calls = calls;
        this.logouts = logouts;
        this.config = config;
    }

    /** @throws Problem token-refused, saying why; provider-away, when its keys are not known yet and it does not answer */
    JsonWebToken access(String token) {
        return verified(calls, token, "Bearer");
    }

    /** @throws Problem as {@link #access} */
    JsonWebToken logout(String token) {
        return verified(logouts, token, "Logout");
    }

    private JsonWebToken verified(TenantIdentityProvider tenant, String text, String kind) {
        JsonWebToken token = verified(tenant, text);
        if (!kind.equals(token.getClaim("typ"))) {
            throw Problem.of(ErrorCode.TOKEN_REFUSED, "This is not the right kind of token; expected " + kind);
        }
        return token;
    }

    private JsonWebToken verified(TenantIdentityProvider tenant, String token) {
        try {
            return (JsonWebToken) tenant.authenticate(new AccessTokenCredential(token))
                    .await()
                    .atMost(PATIENCE)
                    .getPrincipal();
        } catch (RuntimeException failure) {
            throw ProviderFailure.token(failure, config);
        }
    }
}
