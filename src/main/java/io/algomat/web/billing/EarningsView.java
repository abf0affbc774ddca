package io.algomat.web.billing;

import io.algomat.billing.Balance;
import io.algomat.billing.CountCallers;
import io.algomat.billing.ReportOrder;
import io.algomat.calls.PublishersTimes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an owner's algorithms earned.
 *
 * @param owner name of the owner that is shown
 * @param others the reader's own name and the organisations that it is a member of
 */
public record EarningsView(
        ReportShown shown,
        String owner,
        List<Choice> others,
        Balance balance,
        CountCallers.Callers callers,
        PublishersTimes.Found times) {

    public List<ReportShown.Column> columns() {
        return shown.columns(List.of(
                ReportOrder.VALUE,
                ReportOrder.CALLS,
                ReportOrder.FREE,
                ReportOrder.SUCCESS,
                ReportOrder.ROYALTY,
                ReportOrder.FEE,
                ReportOrder.SHARE,
                ReportOrder.TAKEN_BACK,
                ReportOrder.NET_SHARE));
    }

    public long callers(String value) {
        return callers.of(value);
    }

    public PublishersTimes.@Nullable Times times(String value) {
        return times.byLabel().get(value);
    }
}
