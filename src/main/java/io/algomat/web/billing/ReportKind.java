package io.algomat.web.billing;

import io.algomat.billing.Dimension;
import io.algomat.billing.Whose;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One of the reports: where it is, what it is about, and what its reader may see of it.
 *
 * @param fixed what its address has beside the period, whatever is asked
 * @param dimensions the first is what it begins with
 */
record ReportKind(String path, List<Kept> fixed, Whose whose, List<Dimension> dimensions) {
    private static final List<Dimension> TIME = List.of(Dimension.MONTH, Dimension.DAY);

    static final ReportKind SITE = new ReportKind(
            "/admin/billing",
            List.of(),
            new Whose.Everyones(),
            List.of(
                    Dimension.ALGORITHM,
                    Dimension.VERSION,
                    Dimension.PUBLISHER,
                    Dimension.CALLER,
                    Dimension.KEY,
                    Dimension.LABEL,
                    Dimension.DEVICE,
                    Dimension.MONTH,
                    Dimension.DAY));

    static ReportKind spend(long owner) {
        return new ReportKind(
                "/billing",
                List.of(),
                new Whose.Callers(owner),
                List.of(
                        Dimension.ALGORITHM,
                        Dimension.VERSION,
                        Dimension.KEY,
                        Dimension.LABEL,
                        Dimension.DEVICE,
                        Dimension.MONTH,
                        Dimension.DAY));
    }

    /** Whoever earns is told how many call, and not who they are. */
    static ReportKind earnings(long owner, String name) {
        return new ReportKind(
                "/billing/earnings",
                List.of(new Kept("owner", name)),
                new Whose.Publishers(owner),
                List.of(Dimension.ALGORITHM, Dimension.VERSION, Dimension.DEVICE, Dimension.MONTH, Dimension.DAY));
    }

    Dimension dimension(@Nullable String wire) {
        return dimensions.stream()
                .filter(each -> each.wire().equals(wire))
                .findFirst()
                .orElse(dimensions.getFirst());
    }

    /** What it can be narrowed by: the period narrows time. */
    List<Dimension> narrowing() {
        return dimensions.stream().filter(each -> !TIME.contains(each)).toList();
    }
}
