package io.algomat.web.billing;

import io.algomat.accounts.KeysOf;
import io.algomat.billing.Balance;
import io.algomat.billing.ChargeList;
import io.algomat.billing.GrantHistory;
import io.algomat.billing.Grouping;
import io.algomat.billing.Report;
import io.algomat.platform.Credits;
import io.algomat.platform.Ids;
import io.algomat.platform.Page;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a caller has and what it spent.
 *
 * @param available what new calls can spend: the balance less what running calls hold
 * @param keyNames names of the caller's keys by their ids
 */
public record SpendView(
        Balance balance,
        Credits available,
        PeriodChoice period,
        Grouping by,
        LocalDate today,
        Report report,
        Page<ChargeList.Line> charges,
        List<GrantHistory.Grant> grants,
        Map<Long, String> keyNames,
        Map<String, String> errors) {
    static final String PATH = "/billing";

    static Map<Long, String> names(List<KeysOf.KeyView> keys) {
        return keys.stream()
                .collect(Collectors.toMap(KeysOf.KeyView::id, key -> key.name() + " (" + key.prefix() + "…)"));
    }

    public Credits held() {
        return balance.spendable().minus(available);
    }

    public boolean nothing() {
        return report.lines().isEmpty();
    }

    public LocalDate from() {
        return period.period().from();
    }

    public LocalDate through() {
        return period.period().through();
    }

    public boolean byKey() {
        return by == Grouping.KEY;
    }

    public String byText() {
        return by.name().toLowerCase(Locale.ROOT);
    }

    public List<Report.Line> lines() {
        return report.lines().stream()
                .sorted(Comparator.comparing((Report.Line line) -> line.sums().gross())
                        .reversed()
                        .thenComparing(Report.Line::label))
                .toList();
    }

    public String keyLabel(String id) {
        return id.isEmpty() ? "Playground, without a key" : keyName(Long.valueOf(id));
    }

    public String keyName(@Nullable Long id) {
        return id == null ? "playground" : keyNames.getOrDefault(id, "revoked key");
    }

    public String callText(ChargeList.Line line) {
        return Ids.callText(line.callId());
    }

    public List<BarChart> charts() {
        return List.of(BarChart.wide(report, period.period()), BarChart.narrow(report, period.period()));
    }

    public List<Choice> periods() {
        return Arrays.stream(Preset.values())
                .map(preset ->
                        new Choice(preset.text(), href(PeriodChoice.of(preset, today), by), preset == period.preset()))
                .toList();
    }

    public List<Choice> groups() {
        return Stream.of(Grouping.ALGORITHM, Grouping.KEY)
                .map(group -> new Choice(group == Grouping.KEY ? "Key" : "Algorithm", href(period, group), group == by))
                .toList();
    }

    public String href() {
        return href(period, by);
    }

    public String csv() {
        return PATH + "/charges.csv?" + period.query();
    }

    private static String href(PeriodChoice period, Grouping by) {
        return PATH + "?" + period.query() + "&by=" + by.name().toLowerCase(Locale.ROOT);
    }
}
