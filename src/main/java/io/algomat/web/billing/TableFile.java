package io.algomat.web.billing;

import io.algomat.billing.Period;
import io.algomat.platform.ErrorCode;
import io.algomat.platform.Problem;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** A report to download, in the two formats that spreadsheets read. */
enum TableFile {
    CSV("text/csv;charset=UTF-8"),
    XLSX("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");

    private final String mediaType;

    TableFile(String mediaType) {
        this.mediaType = mediaType;
    }

    /** @param ending of the address, without its dot */
    static TableFile of(String ending) {
        for (TableFile file : values()) {
            if (file.ending().equals(ending)) {
                return file;
            }
        }
        throw Problem.of(ErrorCode.NOT_FOUND, "There is no report as ." + ending + ", only as .csv and .xlsx");
    }

    String ending() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Rows that come as fast as they are read: whoever writes them waits for the reader and holds nothing meanwhile. */
    Response streamed(String name, Period period, List<String> header, Consumer<Table> rows) {
        return answer(name, period, out -> write(out, header, rows));
    }

    /** Rows that must not wait for a slow reader, since a connection is held: they go by way of a file. */
    Response spooled(String name, Period period, List<String> header, Consumer<Table> rows) {
        return answer(name, period, out -> {
            Path spool = Files.createTempFile("algomat-report-", "." + ending());
            try {
                try (OutputStream file = Files.newOutputStream(spool)) {
                    write(file, header, rows);
                }
                Files.copy(spool, out);
            } finally {
                Files.delete(spool);
            }
        });
    }

    void write(OutputStream out, List<String> header, Consumer<Table> rows) throws IOException {
        String[] titles = header.toArray(String[]::new);
        try (Table table = this == CSV ? new CsvTable(out, titles) : new XlsxTable(out, titles)) {
            rows.accept(table);
        }
    }

    private Response answer(String name, Period period, StreamingOutput rows) {
        String fileName = "algomat-%s-%s-to-%s.%s".formatted(name, period.from(), period.through(), ending());
        return Response.ok(rows, mediaType)
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + fileName + "\"")
                .build();
    }
}
