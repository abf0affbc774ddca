package io.algomat.accounts;

import io.algomat.platform.start.EarlySettings;
import io.algomat.platform.start.ProductionCheck;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Who could listen on the way to the provider could sign in as anyone. */
public final class ProviderInProduction implements ProductionCheck {
    private static final String SUBJECT = "Sign-in";

    @Override
    public List<Fault> faults(EarlySettings settings, Path data) {
        ProviderConfig config = settings.of(ProviderConfig.class);
        List<Fault> faults = new ArrayList<>();
        if (config.url().filter(url -> !url.startsWith("https://")).isPresent()) {
            faults.add(new Fault(
                    SUBJECT,
                    "ALGOMAT_OIDC_URL is not https, so tokens travel in the clear",
                    "give the provider a certificate and name its https:// address"));
        }
        if (config.enabled() && config.clientSecret().isEmpty()) {
            faults.add(new Fault(
                    "Secrets",
                    "ALGOMAT_OIDC_URL is set, and ALGOMAT_OIDC_CLIENT_SECRET is not",
                    "set it, or ALGOMAT_OIDC_CLIENT_SECRET_FILE to a file that holds it"));
        }
        return faults;
    }
}
