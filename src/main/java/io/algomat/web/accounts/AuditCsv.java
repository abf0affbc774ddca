package io.algomat.web.accounts;

import io.algomat.accounts.AuditLog;
import io.algomat.web.billing.CsvTable;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import org.jspecify.annotations.Nullable;

/** The audit log as a file, read and written as it goes. */
final class AuditCsv {
    private AuditCsv() {}

    static Response of(AuditLog log, AuditLog.Filter filter) {
        StreamingOutput rows = out -> {
            try (CsvTable table = new CsvTable(
                    out, "id", "at", "actor", "key_id", "address", "act", "subject", "reason", "before", "after")) {
                log.each(filter, entry -> row(table, entry));
            }
        };
        return Response.ok(rows, "text/csv;charset=UTF-8")
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"algomat-audit.csv\"")
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }

    private static void row(CsvTable table, AuditLog.Entry entry) {
        Long key = entry.keyId();
        table.row(
                entry.id(),
                entry.at(),
                text(entry.actor()),
                key == null ? "" : key,
                entry.address(),
                entry.act(),
                entry.subject(),
                text(entry.reason()),
                text(entry.before()),
                text(entry.after()));
    }

    private static String text(@Nullable String known) {
        return known == null ? "" : known;
    }
}
