package io.algomat.web.billing;

import io.algomat.platform.Credits;
import io.algomat.platform.Units;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/**
 * Writes rows as a workbook (OOXML), a few of them in memory at a time. Texts are inline strings: a table of shared ones
 * would grow with the file, and an inline string is never a formula.
 */
final class XlsxTable implements Table {
    /** What a sheet can hold; the rest goes to further ones. */
    static final int MOST_ROWS = 1_048_576;

    private static final int FLUSH_EVERY = 500;
    private static final int MICRO = 6;

    private final Workbook workbook;
    private final String[] header;
    private final int mostRows;
    private Worksheet sheet;
    private int sheets;
    private int next;

    XlsxTable(OutputStream out, String... header) {
        this(out, MOST_ROWS, header);
    }

    XlsxTable(OutputStream out, int mostRows, String... header) {
        this.workbook = new Workbook(out, "Algomat", null);
        this.header = header;
        this.mostRows = mostRows;
        this.sheet = begin();
    }

    private Worksheet begin() {
        sheets++;
        sheet = workbook.newWorksheet(sheets == 1 ? "Algomat" : "Algomat " + sheets);
        sheet.freezePane(0, 1);
        next = 0;
        write(header);
        return sheet;
    }

    @Override
    public void row(Object... cells) {
        try {
            if (next == mostRows) {
                sheet.finish();
                begin();
            }
            write(cells);
            if (next % FLUSH_EVERY == 0) {
                sheet.flush();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(Object[] cells) {
        for (int column = 0; column < cells.length; column++) {
            switch (cells[column]) {
                case Credits credits -> sheet.value(next, column, BigDecimal.valueOf(credits.micro(), MICRO));
                case Units units -> sheet.value(next, column, BigDecimal.valueOf(units.thousandths(), 3));
                case Number number -> sheet.value(next, column, number);
                default -> sheet.inlineString(next, column, cells[column].toString());
            }
        }
        next++;
    }

    @Override
    public void close() throws IOException {
        workbook.close();
    }
}
