package io.algomat.web.billing;

import io.algomat.billing.Liabilities;
import io.algomat.billing.Movers;
import io.algomat.billing.Reconciliation;
import io.algomat.billing.ReportOrder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the administrator's billing report shows.
 *
 * @param reconciled the last reconciliation, or null before the first
 */
public record AdminReportView(
        ReportShown shown,
        List<Movers.Mover> movers,
        Liabilities.Owed owed,
        @Nullable Reconciliation reconciled) {
    public List<ReportShown.Column> columns() {
        return shown.columns(List.of(ReportOrder.values()));
    }
}
