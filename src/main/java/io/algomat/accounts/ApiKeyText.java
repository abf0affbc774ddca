package io.algomat.accounts;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.zip.CRC32;

/**
 * The text of an API key: {@code sim}, 22 random base-62 characters (131 bits) and 3 check characters; 28 in all, which
 * Algorithmia's own tools insist on. The check refuses typing errors and most guesses without the database.
 */
final class ApiKeyText {
    static final int LENGTH = 28;
    private static final int SHOWN = 8;
    private static final int BODY = 25;
    private static final String BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final SecureRandom RANDOM = new SecureRandom();

    private ApiKeyText() {}

    static String random() {
        StringBuilder text = new StringBuilder("sim");
        while (text.length() < BODY) {
            text.append(BASE62.charAt(RANDOM.nextInt(BASE62.length())));
        }
        return text.append(check(text.toString())).toString();
    }

    static boolean wellFormed(String text) {
        return text.length() == LENGTH
                && text.startsWith("sim")
                && text.chars().allMatch(character -> BASE62.indexOf(character) >= 0)
                && text.endsWith(check(text.substring(0, BODY)));
    }

    /** What of a key is kept and shown, so that its owner can tell it from others. */
    static String prefix(String text) {
        return text.substring(0, SHOWN);
    }

    private static String check(String body) {
        CRC32 sum = new CRC32();
        sum.update(body.getBytes(StandardCharsets.US_ASCII));
        long rest = sum.getValue();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < LENGTH - BODY; i++) {
            text.append(BASE62.charAt((int) (rest % BASE62.length())));
            rest /= BASE62.length();
        }
        return text.toString();
    }
}
