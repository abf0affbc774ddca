package io.algomat.calls;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Tells whether two calls ask for the same: the same algorithm, version segment and input. */
final class Fingerprint {
    private Fingerprint() {}

    static byte[] of(Call call) {
        MessageDigest digest = sha256();
        add(digest, call.owner().toLowerCase(Locale.ROOT));
        add(digest, call.name().toLowerCase(Locale.ROOT));
        add(digest, call.version());
        add(digest, call.input().kind().wire());
        return digest.digest(call.input().bytes());
    }

    /** With its length before it, so that no two lists of words look alike. */
    private static void add(MessageDigest digest, @Nullable String word) {
        byte[] bytes = (word == null ? "" : word).getBytes(StandardCharsets.UTF_8);
        digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
        digest.update(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
