package io.algomat.web.billing;

import io.algomat.billing.Period;
import io.algomat.billing.Report;
import io.algomat.billing.Sums;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Charges over time as stacked bars, in the units of an SVG. Where a period has more days than bars fit, several days go
 * into one bar: a narrow screen gets fewer bars, not smaller words.
 */
public record BarChart(int width, List<Bar> bars, List<Tick> ticks) {
    public static final int HEIGHT = 220;
    private static final double BASE = 192;
    private static final double TOP = 20;
    private static final double LEFT = 52;
    private static final int STEPS = 3;
    private static final double WIDEST_BAR = 64;
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH);

    /** @param label shown under the bar, or empty where labels would touch */
    public record Bar(
            String x,
            String width,
            String royaltyY,
            String royaltyHeight,
            String computeY,
            String computeHeight,
            String days,
            Sums sums,
            String label) {
        public String title() {
            return days + ": " + sums.gross() + " credits, of which " + sums.compute() + " for compute";
        }
    }

    /** A line across the chart with its amount. */
    public record Tick(String y, String text) {}

    private record Span(LocalDate from, LocalDate through, Sums sums) {}

    static BarChart wide(List<Report.Day> days, Period period) {
        return of(days, period, 1180, 62, 12);
    }

    static BarChart narrow(List<Report.Day> days, Period period) {
        return of(days, period, 360, 15, 4);
    }

    public int height() {
        return HEIGHT;
    }

    /** What the picture shows, in a sentence. */
    public String description() {
        Bar highest =
                Collections.max(bars, Comparator.comparing(bar -> bar.sums().gross()));
        Sums all = bars.stream().map(Bar::sums).reduce(Sums.NOTHING, Sums::plus);
        return bars.size() + " bars of royalties and compute, " + all.gross() + " credits together. The highest is "
                + highest.title() + ".";
    }

    private static BarChart of(List<Report.Day> charged, Period period, int width, int mostBars, int mostLabels) {
        List<Span> spans = spans(charged, period, mostBars);
        double most = spans.stream()
                .mapToLong(span -> span.sums().gross().micro())
                .max()
                .orElse(0);
        double ceiling = ceiling(most / 1e6);
        double slot = (width - LEFT) / spans.size();
        double bar = Math.min(WIDEST_BAR, slot * 0.84);
        int labelEvery = (spans.size() + mostLabels - 1) / mostLabels;
        List<Bar> bars = new ArrayList<>();
        for (int i = 0; i < spans.size(); i++) {
            Span span = spans.get(i);
            double royalty = span.sums().royalty().micro() / 1e6 / ceiling * (BASE - TOP);
            double compute = span.sums().compute().micro() / 1e6 / ceiling * (BASE - TOP);
            bars.add(new Bar(
                    number(LEFT + i * slot),
                    number(bar),
                    number(BASE - royalty),
                    number(royalty),
                    number(BASE - royalty - compute),
                    number(compute),
                    days(span),
                    span.sums(),
                    i % labelEvery == 0 ? DAY.format(span.from()) : ""));
        }
        return new BarChart(width, List.copyOf(bars), ticks(ceiling));
    }

    /** The period in equal runs of days, the quiet ones too. */
    private static List<Span> spans(List<Report.Day> charged, Period period, int mostBars) {
        long days = ChronoUnit.DAYS.between(period.from(), period.through()) + 1;
        long perBar = (days + mostBars - 1) / mostBars;
        List<Span> spans = new ArrayList<>();
        for (LocalDate from = period.from(); !from.isAfter(period.through()); from = from.plusDays(perBar)) {
            LocalDate last = from.plusDays(perBar - 1);
            LocalDate through = last.isAfter(period.through()) ? period.through() : last;
            LocalDate first = from;
            Sums sums = charged.stream()
                    .filter(day -> !day.date().isBefore(first) && !day.date().isAfter(through))
                    .map(day -> day.figures().sums())
                    .reduce(Sums.NOTHING, Sums::plus);
            spans.add(new Span(first, through, sums));
        }
        return spans;
    }

    /** The next round number: 1, 2, 3, 6 or 9 times a power of ten, so that thirds of it read well. */
    private static double ceiling(double most) {
        if (most <= 0) {
            return STEPS;
        }
        double power = Math.pow(10, Math.floor(Math.log10(most)));
        for (double step : new double[] {1.5, 3, 6, 9}) {
            if (most <= step * power) {
                return step * power;
            }
        }
        return 15 * power;
    }

    private static List<Tick> ticks(double ceiling) {
        double step = ceiling / STEPS;
        // As many decimals as the step has, the same for all: 0, 0.5, 1, 1.5 would not line up.
        int decimals = step >= 1 && step == Math.rint(step) ? 0 : (int) Math.max(1, Math.ceil(-Math.log10(step)));
        List<Tick> ticks = new ArrayList<>();
        for (int i = 0; i <= STEPS; i++) {
            ticks.add(new Tick(
                    number(BASE - (BASE - TOP) * i / STEPS),
                    i == 0 ? "0" : String.format(Locale.ENGLISH, "%,." + decimals + "f", step * i)));
        }
        return List.copyOf(ticks);
    }

    private static String days(Span span) {
        return span.from().equals(span.through())
                ? DAY.format(span.from())
                : DAY.format(span.from()) + " to " + DAY.format(span.through());
    }

    private static String number(double value) {
        return String.format(Locale.ENGLISH, "%.1f", value);
    }
}
