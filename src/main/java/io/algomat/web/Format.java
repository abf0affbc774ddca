package io.algomat.web;

import io.algomat.platform.Credits;
import io.quarkus.arc.Arc;
import io.quarkus.qute.TemplateExtension;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.regex.Pattern;

/** How pages write amounts, numbers and times: {@code {credits.amount}}, {@code {count.grouped}}, {@code {instant.ago}}. */
@TemplateExtension
public final class Format {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM uuuu", Locale.ENGLISH);
    private static final DateTimeFormatter EXACT =
            DateTimeFormatter.ofPattern("d MMM uuuu, HH:mm:ss 'UTC'", Locale.ENGLISH);
    private static final MathContext TWO_DIGITS = new MathContext(2, RoundingMode.HALF_UP);
    private static final Pattern PAGE = Pattern.compile("([?&])page=[^&]*");

    private Format() {}

    /** Readable credits: two decimals from 1 on, two significant digits below. The exact amount is toString(). */
    public static String amount(Credits credits) {
        BigDecimal exact = BigDecimal.valueOf(credits.micro(), 6);
        boolean small = exact.abs().compareTo(BigDecimal.ONE) < 0;
        BigDecimal rounded = small ? exact.round(TWO_DIGITS) : exact.setScale(2, RoundingMode.HALF_UP);
        if (rounded.signum() == 0) {
            return "0";
        }
        return String.format(
                Locale.ENGLISH, "%,." + Math.max(0, rounded.stripTrailingZeros().scale()) + "f", rounded);
    }

    /** Whole credits, rounded down, as the balance in the bar shows them. */
    public static String whole(Credits credits) {
        return grouped(Math.floorDiv(credits.micro(), 1_000_000));
    }

    public static String grouped(Number number) {
        return String.format(Locale.ENGLISH, "%,d", number.longValue());
    }

    /** Milliseconds for people: {@code 0.21 ms}, {@code 31 ms}, {@code 1.4 s}. */
    public static String ms(Number millis) {
        double value = millis.doubleValue();
        if (value >= 1000) {
            return String.format(Locale.ENGLISH, value >= 10_000 ? "%.0f s" : "%.1f s", value / 1000);
        }
        if (value < 0.01) {
            return value == 0 ? "0 ms" : "<0.01 ms";
        }
        return String.format(Locale.ENGLISH, value >= 10 ? "%.0f ms" : value >= 1 ? "%.1f ms" : "%.2f ms", value);
    }

    public static String bytes(Number count) {
        double value = count.doubleValue();
        if (value < 1000) {
            return String.format(Locale.ENGLISH, "%.0f B", value);
        }
        if (value < 1e6) {
            return String.format(Locale.ENGLISH, "%.0f kB", value / 1e3);
        }
        return String.format(
                Locale.ENGLISH, value < 1e9 ? "%.1f MB" : "%.1f GB", value < 1e9 ? value / 1e6 : value / 1e9);
    }

    /** Memory as it is asked for, in whole MiB where it is that. */
    public static String memory(Number count) {
        long bytes = count.longValue();
        return bytes % (1 << 20) == 0 ? grouped(bytes >> 20) + " MiB" : bytes(bytes);
    }

    public static String inWords(Duration duration) {
        return ms(duration.toMillis()).replace(".0 s", " s");
    }

    public static String iso(Instant time) {
        return time.truncatedTo(ChronoUnit.MILLIS).toString();
    }

    public static String day(Instant time) {
        return DAY.format(time.atOffset(ZoneOffset.UTC));
    }

    public static String exactly(Instant time) {
        return EXACT.format(time.atOffset(ZoneOffset.UTC));
    }

    /** {@code 5 minutes ago} within a day, the day itself after that. */
    public static String ago(Instant time) {
        return ago(time, Arc.container().instance(Clock.class).get().instant());
    }

    static String ago(Instant time, Instant now) {
        Duration passed = Duration.between(time, now);
        if (passed.isNegative() || passed.toDays() >= 1) {
            return day(time);
        }
        if (passed.toMinutes() < 1) {
            return "just now";
        }
        long hours = passed.toHours();
        return hours < 1 ? plural(passed.toMinutes(), "minute") : plural(hours, "hour");
    }

    private static String plural(long count, String unit) {
        return count + " " + unit + (count == 1 ? "" : "s") + " ago";
    }

    public static String inUrl(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** The same address at another page of its list. */
    public static String pageUrl(String url, Number page) {
        String bare = PAGE.matcher(url).replaceAll("$1").replace("?&", "?").replaceAll("[?&]$", "");
        return bare + (bare.contains("?") ? "&" : "?") + "page=" + page;
    }
}
