package io.algomat.platform.start;

import java.io.IOException;
import java.net.URI;
import java.util.List;

/**
 * Switches Quarkus' OpenID Connect on when the operator names a provider. It is built in, but its tenants are off, and nobody
 * is contacted, until then.
 */
final class ProviderSwitch {
    /** The sign-in of pages, access tokens of calls, and logout tokens; see application.properties. */
    private static final List<String> TENANTS = List.of("", "realm-calls.", "realm-logouts.");

    private ProviderSwitch() {}

    static void turn(DataFolder data) throws StartFailure {
        String url = Settings.get("algomat.oidc.url");
        if (url == null || url.isBlank()) {
            return;
        }
        TENANTS.forEach(tenant -> System.setProperty("quarkus.oidc." + tenant + "tenant-enabled", "true"));
        System.setProperty("algomat.oidc.origin", origin(url));
        try {
            // Gateways that share their secrets can finish a sign-in that another one began.
            System.setProperty("quarkus.oidc.authentication.state-secret", new Secrets(data.path()).get("oidc-state"));
        } catch (IOException e) {
            throw new StartFailure("Sign-in", "A secret cannot be read: " + e.getMessage());
        }
        String publicUrl = Settings.get("algomat.public-url");
        if (publicUrl != null && publicUrl.startsWith("https:")) {
            System.setProperty("quarkus.oidc.authentication.force-redirect-https-scheme", "true");
        }
    }

    /** Where forms may lead besides this site: signing out goes on at the provider. */
    private static String origin(String url) throws StartFailure {
        try {
            URI uri = URI.create(url);
            if (uri.getHost() != null && List.of("http", "https").contains(uri.getScheme())) {
                return uri.getScheme() + "://" + uri.getRawAuthority();
            }
        } catch (IllegalArgumentException _) {
            // Told below, with what was expected.
        }
        throw new StartFailure(
                "Sign-in",
                "ALGOMAT_OIDC_URL must be an address such as https://login.example/realms/algomat, not '" + url + "'.");
    }
}
