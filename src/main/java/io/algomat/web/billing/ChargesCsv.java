package io.algomat.web.billing;

import io.algomat.billing.ChargeList;
import io.algomat.billing.Period;
import io.algomat.billing.Whose;
import io.algomat.platform.Ids;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;

/** Every single charge of a period as a file, read and written one by one. */
@ApplicationScoped
class ChargesCsv {
    private final ChargeList charges;

    ChargesCsv(ChargeList charges) {
        this.charges = charges;
    }

    Response of(Whose whose, Period period) {
        StreamingOutput rows = out -> {
            try (CsvTable table = new CsvTable(
                    out,
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
                    "labels")) {
                charges.each(whose, period, line -> row(table, line));
            }
        };
        return file("charges", period, rows);
    }

    static Response file(String name, Period period, StreamingOutput rows) {
        String fileName = "algomat-%s-%s-to-%s.csv".formatted(name, period.from(), period.through());
        return Response.ok(rows, "text/csv;charset=UTF-8")
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + fileName + "\"")
                .build();
    }

    private static void row(CsvTable table, ChargeList.Line line) {
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
                line.labels().toString());
    }
}
