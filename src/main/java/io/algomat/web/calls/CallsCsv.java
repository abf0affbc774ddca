package io.algomat.web.calls;

import io.algomat.billing.Charge;
import io.algomat.calls.LoggedCall;
import io.algomat.calls.MyCalls;
import io.algomat.platform.Ids;
import io.algomat.web.billing.CsvTable;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;

/** One's own calls as a file, read and written one by one. */
final class CallsCsv {
    private CallsCsv() {}

    static Response of(MyCalls calls, long caller, MyCalls.Filter filter) {
        StreamingOutput rows = out -> {
            try (CsvTable table = new CsvTable(
                    out,
                    "call",
                    "started_at",
                    "key_id",
                    "algorithm",
                    "version",
                    "outcome",
                    "error",
                    "compute_us",
                    "total_us",
                    "cost",
                    "labels",
                    "units",
                    "metric",
                    "unit_cost")) {
                calls.each(caller, filter, call -> row(table, call));
            }
        };
        return Response.ok(rows, "text/csv;charset=UTF-8")
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"algomat-calls.csv\"")
                .build();
    }

    private static void row(CsvTable table, LoggedCall call) {
        Long key = call.keyId();
        String error = call.errorType();
        Charge.Metered metered = call.receipt().metered();
        table.row(
                Ids.callText(call.callId()),
                call.startedAt(),
                key == null ? "" : key,
                call.algorithm(),
                call.version(),
                call.outcome().wire(),
                error == null ? "" : error,
                call.micros().compute(),
                call.micros().total(),
                call.receipt().whole(),
                call.labels().toString(),
                metered == null ? "" : metered.units(),
                metered == null ? "" : metered.metric(),
                metered == null ? "" : metered.cost());
    }
}
