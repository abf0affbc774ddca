package io.algomat.web.billing;

import io.algomat.billing.Balance;
import io.algomat.billing.ChargeList;
import io.algomat.billing.GrantHistory;
import io.algomat.billing.ReportOrder;
import io.algomat.platform.Credits;
import io.algomat.platform.Ids;
import io.algomat.platform.Page;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a caller has and what it spent.
 *
 * @param available what new calls can spend: the balance less what running calls hold
 * @param keys names of the keys that the single charges were made with
 */
public record SpendView(
        ReportShown shown,
        Balance balance,
        Credits available,
        Forecast forecast,
        Page<ChargeList.Line> charges,
        LineNames keys,
        List<GrantHistory.Grant> grants) {

    public Credits held() {
        return balance.spendable().minus(available);
    }

    public List<ReportShown.Column> columns() {
        return shown.columns(List.of(
                ReportOrder.VALUE,
                ReportOrder.CALLS,
                ReportOrder.FREE,
                ReportOrder.BILLED,
                ReportOrder.ROYALTY,
                ReportOrder.COMPUTE,
                ReportOrder.GROSS,
                ReportOrder.REFUNDED,
                ReportOrder.NET));
    }

    public String keyName(@Nullable Long id) {
        return keys.key(id);
    }

    public String callText(ChargeList.Line line) {
        return Ids.callText(line.callId());
    }
}
