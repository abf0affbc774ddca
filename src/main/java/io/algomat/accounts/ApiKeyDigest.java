package io.algomat.accounts;

import io.algomat.platform.PlatformConfig;
import io.algomat.platform.start.Secrets;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** What the database keeps of an API key: its HMAC-SHA-256 under the site's pepper. */
@ApplicationScoped
class ApiKeyDigest {
    private static final String ALGORITHM = "HmacSHA256";
    private final SecretKey pepper;

    ApiKeyDigest(AccountsConfig config, PlatformConfig platform) throws IOException {
        String text = config.keyPepper().isPresent()
                ? config.keyPepper().get()
                : new Secrets(platform.data()).get("key-pepper");
        this.pepper = new SecretKeySpec(text.getBytes(StandardCharsets.UTF_8), ALGORITHM);
    }

    byte[] of(String key) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(pepper);
            return mac.doFinal(key.getBytes(StandardCharsets.US_ASCII));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has " + ALGORITHM, e);
        }
    }
}
