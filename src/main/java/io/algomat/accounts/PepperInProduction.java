package io.algomat.accounts;

import io.algomat.platform.start.EarlySettings;
import io.algomat.platform.start.ProductionCheck;
import io.algomat.platform.start.StartConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A database that others reach too needs a pepper that was chosen: one that each gateway makes for itself is lost with its
 * folder, and every key with it.
 */
public final class PepperInProduction implements ProductionCheck {
    private static final int SHORTEST = 32;

    @Override
    public List<Fault> faults(EarlySettings settings, Path data) {
        String pepper = settings.of(AccountsConfig.class).keyPepper().orElse("");
        if (!pepper.isEmpty() && pepper.length() < SHORTEST) {
            return List.of(new Fault(
                    "Secrets",
                    "ALGOMAT_ACCOUNTS_KEY_PEPPER is shorter than " + SHORTEST + " characters",
                    "make a longer one, 'openssl rand -base64 32'; every key made under the old one dies"));
        }
        if (pepper.isEmpty() && settings.of(StartConfig.class).db().url().isPresent()) {
            return List.of(new Fault(
                    "Secrets", "ALGOMAT_ACCOUNTS_KEY_PEPPER is not set", remedy(data.resolve("secrets/key-pepper"))));
        }
        return List.of();
    }

    private static String remedy(Path made) {
        return Files.exists(made)
                ? "keep the one that your keys were made under, ALGOMAT_ACCOUNTS_KEY_PEPPER_FILE=" + made
                : "write 'openssl rand -base64 32' to a file, and name it by ALGOMAT_ACCOUNTS_KEY_PEPPER_FILE";
    }
}
