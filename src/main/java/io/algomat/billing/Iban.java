package io.algomat.billing;

import io.algomat.platform.Problem;
import java.math.BigInteger;
import java.util.Locale;

/** An international bank account number whose check digits are right. */
record Iban(String text) {
    private static final BigInteger CHECK = BigInteger.valueOf(97);

    /** @throws Problem invalid, when it cannot be one */
    static Iban parse(String typed) {
        String text = typed.replaceAll("\\s", "").toUpperCase(Locale.ROOT);
        if (!text.matches("[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}") || !sums(text)) {
            throw Problem.invalid("iban", "'" + typed + "' is no IBAN: its check digits are not right");
        }
        return new Iban(text);
    }

    /** ISO 7064: letters are 10 to 35, the first four characters come last, and 97 leaves 1. */
    private static boolean sums(String text) {
        StringBuilder digits = new StringBuilder();
        (text.substring(4) + text.substring(0, 4))
                .chars()
                .forEach(character -> digits.append(Character.digit(character, 36)));
        return new BigInteger(digits.toString()).mod(CHECK).equals(BigInteger.ONE);
    }
}
