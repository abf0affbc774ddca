package io.algomat.web.billing;

import io.algomat.platform.Credits;
import io.algomat.web.Format;
import io.quarkus.qute.TemplateExtension;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;

/** How tables of money write their cells: {@code {sums.gross.exact}}, {@code {line.calls.calls}}. */
@TemplateExtension
final class Amounts {
    private static final int MICRO = 6;

    private Amounts() {}

    /** To the micro-credit, with two decimals at least, so that a column can be added up by its reader. */
    static String exact(Credits credits) {
        BigDecimal amount = BigDecimal.valueOf(credits.micro(), MICRO).stripTrailingZeros();
        return String.format(Locale.ENGLISH, "%,." + Math.max(2, amount.scale()) + "f", amount);
    }

    /** In the site's currency, to the hundredth: 10,000 credits are one unit of it. */
    static String inCurrency(Credits credits) {
        return BigDecimal.valueOf(credits.micro(), MICRO + 4)
                .setScale(2, RoundingMode.HALF_EVEN)
                .toPlainString();
    }

    /** {@code 99.2 %}, {@code 100 %}: never 100 where something is missing. */
    static String percent(Double part) {
        double shown = part < 100 ? Math.min(part, 99.99) : part;
        return String.format(Locale.ENGLISH, shown == Math.rint(shown) ? "%.0f %%" : "%.2f %%", shown);
    }

    /** Billed milliseconds added up: {@code 31 ms}, {@code 12.5 min}, {@code 1,204 h}. */
    static String time(Number millis) {
        double minutes = millis.doubleValue() / 60_000;
        if (minutes < 1) {
            return Format.ms(millis);
        }
        return minutes < 60
                ? String.format(Locale.ENGLISH, "%.1f min", minutes)
                : String.format(Locale.ENGLISH, minutes < 6000 ? "%,.1f h" : "%,.0f h", minutes / 60);
    }

    /** {@code 1 call}, {@code 1,204 calls}. */
    static String calls(Number count) {
        return String.format(Locale.ENGLISH, count.longValue() == 1 ? "%,d call" : "%,d calls", count.longValue());
    }
}
