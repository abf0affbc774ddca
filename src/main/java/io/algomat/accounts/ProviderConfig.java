package io.algomat.accounts;

import io.algomat.platform.Secret;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** Sign-in by a provider that speaks OpenID Connect, such as Keycloak. */
@ConfigMapping(prefix = "algomat.oidc")
public interface ProviderConfig {
    /** The issuer's address, such as {@code https://login.example/realms/algomat}; without it there are local accounts alone. */
    Optional<String> url();

    /** What pages call the provider: "Sign in with …". */
    @WithDefault("Keycloak")
    String name();

    /** What Algomat is called at the provider. */
    @WithDefault("algomat")
    String clientId();

    /** The client's secret at the provider. */
    @Secret
    Optional<String> clientSecret();

    /** What the audience of an access token must name for calls with it to be taken. */
    @WithDefault("algomat")
    String audience();

    /** The provider's role that makes an administrator, for as long as a session lasts. */
    @WithDefault("algomat-administrator")
    String administratorRole();

    /** Where a token names the roles, as a path of claims; the default is where Keycloak has those of the realm. */
    @WithDefault("realm_access/roles")
    String roleClaim();

    /** How long a session by the provider lives at the most: then the provider is asked again, and its roles read anew. */
    @WithDefault("12h")
    Duration sessionLife();

    default boolean enabled() {
        return url().isPresent();
    }
}
