package io.algomat.billing;

import io.algomat.platform.ErrorCode;
import io.algomat.platform.Problem;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The signature of a message, as payment services make it: HMAC-SHA-256 of {@code seconds.body} under a shared secret,
 * in a header {@code t=seconds,v1=hex}. While the sender changes its secret, it may send several {@code v1}.
 */
final class WebhookSignature {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int HEX_LENGTH = 64;
    /** A header with more is no header of a payment service. */
    private static final int MOST_PARTS = 10;

    private final SecretKeySpec secret;

    WebhookSignature(String secret) {
        this.secret = new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM);
    }

    /**
     * @param tolerance how far the message's time may be from now, either way
     * @throws Problem unauthorized, when the signature is missing or wrong, or too old or new
     */
    void check(SignedMessage message, Instant now, Duration tolerance) {
        String time = "";
        List<String> signatures = new ArrayList<>();
        for (String part : message.signature().split(",", MOST_PARTS)) {
            String[] pair = part.strip().split("=", 2);
            if (pair.length == 2 && pair[0].equals("t")) {
                time = pair[1];
            } else if (pair.length == 2 && pair[0].equals("v1") && pair[1].length() == HEX_LENGTH) {
                signatures.add(pair[1]);
            }
        }
        if (!time.matches("[0-9]{1,11}") || signatures.isEmpty()) {
            throw refused("The signature is missing; expected a header 't=SECONDS,v1=HEX'");
        }
        byte[] right = HexFormat.of().formatHex(sign(time, message.body())).getBytes(StandardCharsets.US_ASCII);
        boolean good = false;
        for (String signature : signatures) {
            // All of them are compared, each in constant time.
            good |= MessageDigest.isEqual(right, signature.getBytes(StandardCharsets.UTF_8));
        }
        if (!good) {
            throw refused("The signature is not that of this body under the secret of this site");
        }
        Duration apart = Duration.between(Instant.ofEpochSecond(Long.parseLong(time)), now)
                .abs();
        if (apart.compareTo(tolerance) > 0) {
            throw refused("The message was signed " + apart.toSeconds() + " s from now; at most "
                    + tolerance.toSeconds() + " s are allowed. Send it again, signed anew");
        }
    }

    byte[] sign(String time, byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(secret);
            mac.update((time + ".").getBytes(StandardCharsets.UTF_8));
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has " + ALGORITHM, e);
        }
    }

    private static Problem refused(String why) {
        return Problem.of(ErrorCode.UNAUTHORIZED, why);
    }
}
