package io.algomat.accounts;

import io.algomat.platform.ErrorCode;
import io.algomat.platform.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.jspecify.annotations.Nullable;

/** Argon2id as OWASP advises for it, 19 MiB and two passes, written in the PHC text form that names its own parameters. */
@ApplicationScoped
class PasswordHash {
    private static final int MEMORY_KIB = 19 * 1024;
    private static final int PASSES = 2;
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final String HEAD = "$argon2id$v=19$m=" + MEMORY_KIB + ",t=" + PASSES + ",p=1$";
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final SecureRandom RANDOM = new SecureRandom();

    /** At most two at once: a crowd at the door must not take the machine's memory and cores from calls. */
    private final Semaphore turns = new Semaphore(2, true);
    /** Compared with where there is no account, so that the answer takes as long. */
    private final String decoy = encode(new byte[SALT_BYTES], new byte[HASH_BYTES]);

    String of(String password) {
        byte[] salt = new byte[SALT_BYTES];
        RANDOM.nextBytes(salt);
        return encode(salt, hash(password, salt));
    }

    /** @param stored null where there is no password to compare with; the answer is no, in the same time */
    boolean matches(String password, @Nullable String stored) {
        String text = stored == null ? decoy : stored;
        if (!text.startsWith(HEAD)) {
            throw new IllegalStateException("A stored password was made with other parameters than " + HEAD);
        }
        String[] parts = text.substring(HEAD.length()).split("\\$");
        byte[] salt = Base64.getDecoder().decode(parts[0]);
        byte[] expected = Base64.getDecoder().decode(parts[1]);
        return MessageDigest.isEqual(hash(password, salt), expected) && stored != null;
    }

    private byte[] hash(String password, byte[] salt) {
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(MEMORY_KIB)
                .withIterations(PASSES)
                .withParallelism(1)
                .withSalt(salt)
                .build());
        byte[] hash = new byte[HASH_BYTES];
        takeTurn();
        try {
            generator.generateBytes(password.getBytes(StandardCharsets.UTF_8), hash);
        } finally {
            turns.release();
        }
        return hash;
    }

    private void takeTurn() {
        try {
            if (turns.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw Problem.of(ErrorCode.OVERLOADED, "Too many people sign in at this moment; try again shortly")
                .retryAfter(PATIENCE);
    }

    private static String encode(byte[] salt, byte[] hash) {
        Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
        return HEAD + base64.encodeToString(salt) + "$" + base64.encodeToString(hash);
    }
}
