package io.algomat.accounts;

import io.algomat.platform.Problem;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What an owner may be called: one rule for users and organisations, since they share a name space. */
final class OwnerName {
    static final int LONGEST = 30;
    private static final Pattern SHAPE = Pattern.compile("[a-zA-Z][a-zA-Z0-9_]{0,29}");
    /** Names of the site's own organisations, and names that would pass for the site. */
    private static final Set<String> RESERVED = Set.of(
            "admin",
            "administrator",
            "algomat",
            "api",
            "audio",
            "billing",
            "data",
            "demo",
            "guest",
            "help",
            "image",
            "nlp",
            "official",
            "root",
            "samples",
            "security",
            "site",
            "speech",
            "staff",
            "support",
            "system",
            "tabular",
            "text",
            "timeseries",
            "v1",
            "video",
            "vision");

    private OwnerName() {}

    /** @throws Problem invalid, saying what a name looks like */
    static String checked(String name) {
        String text = name.strip();
        if (!SHAPE.matcher(text).matches()) {
            throw Problem.invalid(
                    "name", "A name has 1 to 30 letters, digits and underscores, and begins with a letter");
        }
        if (RESERVED.contains(text.toLowerCase(Locale.ROOT))) {
            throw Problem.invalid("name", "The name '" + text + "' is reserved; choose another");
        }
        return text;
    }

    static Problem taken(String name) {
        return Problem.invalid("name", "The name '" + name + "' is taken; choose another");
    }
}
