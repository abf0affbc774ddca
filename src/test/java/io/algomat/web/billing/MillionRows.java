package io.algomat.web.billing;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.algomat.platform.Credits;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;

/** Writes a million charges to a file and reads them again; for a process with a small heap. */
final class MillionRows {
    private static final int ROWS = 1_000_000;

    private MillionRows() {}

    public static void main(String[] arguments) throws IOException {
        Path path = Path.of(arguments[0]);
        boolean csv = path.toString().endsWith(".csv");
        try (OutputStream out = Files.newOutputStream(path)) {
            TableFile.of(csv ? "csv" : "xlsx").write(out, List.of("call", "caller", "total"), table -> {
                for (int i = 0; i < ROWS; i++) {
                    table.row("call_" + i, "=caller" + i, Credits.of(i));
                }
            });
        }
        long[] found = csv ? csv(path) : xlsx(path);
        System.out.println(found[0] + " rows, " + found[1] + " in all");
    }

    private static long[] csv(Path path) throws IOException {
        long[] found = new long[2];
        try (CsvReader<CsvRecord> reader = CsvReader.builder().ofCsvRecord(path)) {
            reader.forEach(row -> count(found, row.getField(1), row.getField(2), "'=caller"));
        }
        return found;
    }

    private static long[] xlsx(Path path) throws IOException {
        long[] found = new long[2];
        try (ReadableWorkbook workbook = new ReadableWorkbook(path.toFile());
                Stream<Row> rows = workbook.getFirstSheet().openStream()) {
            rows.forEach(row -> count(found, row.getCellText(1), row.getCellText(2), "=caller"));
        }
        return found;
    }

    private static void count(long[] found, String caller, String total, String beginning) {
        if (found[0]++ > 0) {
            if (!caller.startsWith(beginning)) {
                throw new IllegalStateException("A caller reads " + caller);
            }
            found[1] += new BigDecimal(total).longValueExact();
        }
    }
}
