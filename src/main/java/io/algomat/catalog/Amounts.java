package io.algomat.catalog;

import io.algomat.platform.Problem.FieldError;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times and sizes in a manifest, such as {@code 30 s} and {@code 512 MiB}; their form is the schema's matter. */
final class Amounts {
    private static final Pattern AMOUNT = Pattern.compile("([0-9]+) ?([A-Za-z]+)");
    private static final Duration LONGEST = Duration.ofSeconds(3000);
    private static final long MOST_BYTES = 64L << 30;

    private final LocatedYaml yaml;
    private final List<FieldError> faults;

    Amounts(LocatedYaml yaml, List<FieldError> faults) {
        this.yaml = yaml;
        this.faults = faults;
    }

    Duration duration(String pointer, Duration otherwise) {
        String text = yaml.root().at(pointer).asText("");
        if (text.isEmpty()) {
            return otherwise;
        }
        Matcher amount = amount(text);
        long number = Long.parseLong(amount.group(1));
        Duration duration = switch (amount.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            default -> Duration.ofMinutes(number);
        };
        if (duration.compareTo(LONGEST) > 0) {
            fault(pointer, text + " is too long; expected at most 3000 s");
        }
        return duration;
    }

    long bytes(String pointer, long otherwise) {
        String text = yaml.root().at(pointer).asText("");
        if (text.isEmpty()) {
            return otherwise;
        }
        Matcher amount = amount(text);
        long bytes = Long.parseLong(amount.group(1)) << (amount.group(2).equals("GiB") ? 30 : 20);
        if (bytes > MOST_BYTES) {
            fault(pointer, text + " is too much; expected at most 64 GiB");
        }
        return bytes;
    }

    private static Matcher amount(String text) {
        Matcher matcher = AMOUNT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalStateException("The manifest's schema let '" + text + "' pass");
        }
        return matcher;
    }

    private void fault(String pointer, String message) {
        faults.add(new FieldError(yaml.where(pointer), message));
    }
}
