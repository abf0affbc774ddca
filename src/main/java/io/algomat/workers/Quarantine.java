package io.algomat.workers;

import io.algomat.platform.Payload;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Inputs of one version that killed two workers, kept out for a while: by their digest, never by what they say. While there
 * are none, nothing is hashed.
 */
final class Quarantine {
    private static final long NANOS = 600_000_000_000L;
    private static final int MOST = 1_000;

    private final Map<String, Long> until = new LinkedHashMap<>();

    void add(Payload input, long now) {
        forget(now);
        if (until.size() >= MOST) {
            until.remove(until.keySet().iterator().next());
        }
        until.put(digest(input), now + NANOS);
    }

    /** How long this input is still kept out; 0 when it is not. */
    long remainingNanos(Payload input, long now) {
        forget(now);
        return until.isEmpty() ? 0 : Math.max(0, until.getOrDefault(digest(input), now) - now);
    }

    int size() {
        return until.size();
    }

    private void forget(long now) {
        until.values().removeIf(end -> end - now <= 0);
    }

    private static String digest(Payload input) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update((byte) input.kind().ordinal());
            return HexFormat.of().formatHex(sha.digest(input.bytes()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
