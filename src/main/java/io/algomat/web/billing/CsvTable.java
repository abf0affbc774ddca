package io.algomat.web.billing;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;

/** Writes rows as RFC 4180 has them, one after another, with names that no spreadsheet takes for a formula. */
public final class CsvTable implements Table {
    /** With any of these at its beginning a cell is run by spreadsheets, not shown. */
    private static final String FORMULA_STARTS = "=+-@\t\r\n";

    private final CsvWriter writer;

    public CsvTable(OutputStream out, String... header) {
        writer = CsvWriter.builder().build(new OutputStreamWriter(out, StandardCharsets.UTF_8));
        writer.writeRecord(header);
    }

    @Override
    public void row(Object... cells) {
        String[] texts = new String[cells.length];
        for (int i = 0; i < cells.length; i++) {
            texts[i] = cells[i] instanceof String name ? safe(name) : cells[i].toString();
        }
        writer.writeRecord(texts);
    }

    static String safe(String text) {
        return !text.isEmpty() && FORMULA_STARTS.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }
}
