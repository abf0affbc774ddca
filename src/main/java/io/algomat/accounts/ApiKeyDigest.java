package io.algomat.accounts;

import io.algomat.platform.PlatformConfig;
import io.algomat.platform.start.Secrets;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What the database keeps of an API key: its HMAC-SHA-256 under the site's pepper. */
@ApplicationScoped
class ApiKeyDigest {
    private static final String ALGORITHM = "HmacSHA256";
    /** Never updated itself: to look an implementation up and to set the key takes longer than the digest. */
    private final Mac peppered;

    ApiKeyDigest(AccountsConfig config, PlatformConfig platform) throws IOException {
        String text = config.keyPepper().isPresent()
                ? config.keyPepper().get()
                : new Secrets(platform.data()).get("key-pepper");
        try {
            this.peppered = Mac.getInstance(ALGORITHM);
            peppered.init(new SecretKeySpec(text.getBytes(StandardCharsets.UTF_8), ALGORITHM));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has " + ALGORITHM, e);
        }
    }

    byte[] of(String key) {
        try {
            Mac mac = (Mac) peppered.clone();
            return mac.doFinal(key.getBytes(StandardCharsets.US_ASCII));
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("Java's own " + ALGORITHM + " can be cloned", e);
        }
    }
}
