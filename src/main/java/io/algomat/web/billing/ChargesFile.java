package io.algomat.web.billing;

import io.algomat.billing.ChargeList;
import io.algomat.billing.Period;
import io.algomat.billing.Slice;
import io.algomat.platform.Ids;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.util.List;

/** Every single charge of a period as a file, read and written one by one. */
@ApplicationScoped
class ChargesFile {
    private static final List<String> HEADER = List.of(
            "call",
            "charged_at",
            "caller",
            "key_id",
            "algorithm",
            "version",
            "device",
            "billed_ms",
            "total",
            "royalty",
            "fee",
            "compute",
            "promo",
            "labels",
            "units",
            "metric",
            "unit_cost");

    private final ChargeList charges;

    ChargesFile(ChargeList charges) {
        this.charges = charges;
    }

    Response of(TableFile file, Slice slice, Period period) {
        return file.streamed("charges", period, HEADER, table -> charges.each(slice, period, line -> row(table, line)));
    }

    private static void row(Table table, ChargeList.Line line) {
        table.row(
                Ids.callText(line.callId()),
                line.at(),
                line.caller(),
                line.keyId() == null ? "" : line.keyId(),
                line.algorithm(),
                line.version(),
                line.device(),
                line.billedMillis(),
                line.sums().gross(),
                line.sums().royalty(),
                line.sums().fee(),
                line.sums().compute(),
                line.sums().promo(),
                line.labels().toString(),
                line.metered() == null ? "" : line.metered().units(),
                line.metered() == null ? "" : line.metered().metric(),
                line.metered() == null ? "" : line.metered().cost());
    }
}
