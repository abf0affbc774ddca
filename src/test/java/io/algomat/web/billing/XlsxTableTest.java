package io.algomat.web.billing;

import static org.assertj.core.api.Assertions.assertThat;

import io.algomat.platform.Credits;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;
import org.dhatim.fastexcel.reader.Sheet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class XlsxTableTest {
    @Test
    void textsAreTextsWhateverTheyBeginWithAndAmountsAreExactNumbers() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (XlsxTable table = new XlsxTable(out, "name", "calls", "gross")) {
            table.row("=cmd|' /C calc'!A0", 3L, Credits.micro(1_234_567_000_001L));
            table.row("<&\"\u00e9", -1L, Credits.ZERO);
        }

        try (ReadableWorkbook workbook = new ReadableWorkbook(new ByteArrayInputStream(out.toByteArray()))) {
            List<Row> rows = workbook.getFirstSheet().read();
            assertThat(rows).hasSize(3);
            assertThat(rows.get(1).getCell(0).getType()).isEqualTo(CellType.STRING);
            assertThat(rows.get(1).getCell(0).getFormula()).isNull();
            assertThat(rows.get(1).getCellText(0)).isEqualTo("=cmd|' /C calc'!A0");
            assertThat(rows.get(1).getCellAsNumber(2)).contains(new BigDecimal("1234567.000001"));
            assertThat(rows.get(2).getCellText(0)).isEqualTo("<&\"\u00e9");
        }
    }

    @Test
    void whatDoesNotFitOnASheetGoesToTheNextUnderItsOwnHeader() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (XlsxTable table = new XlsxTable(out, 1001, "number")) {
            for (int i = 0; i < 2500; i++) {
                table.row(i);
            }
        }

        try (ReadableWorkbook workbook = new ReadableWorkbook(new ByteArrayInputStream(out.toByteArray()));
                Stream<Sheet> sheets = workbook.getSheets()) {
            List<List<Row>> all = sheets.map(XlsxTableTest::rows).toList();
            assertThat(all).extracting(List::size).containsExactly(1001, 1001, 501);
            assertThat(all)
                    .allSatisfy(
                            rows -> assertThat(rows.getFirst().getCellText(0)).isEqualTo("number"));
            assertThat(all.getLast().getLast().getCellText(0)).isEqualTo("2499");
        }
    }

    /** In a process of its own with a heap of 48 MiB; as objects the rows would need some hundred. */
    @Test
    void aMillionRowsNeedNoMoreMemoryThanAFew(@TempDir Path folder) throws Exception {
        for (String format : List.of("csv", "xlsx")) {
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx48m",
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            MillionRows.class.getName(),
                            folder.resolve("rows." + format).toString())
                    .redirectErrorStream(true)
                    .start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(process.waitFor()).as(format + ": " + said).isZero();
            assertThat(said.strip()).endsWith("1000001 rows, 499999500000 in all");
        }
    }

    private static List<Row> rows(Sheet sheet) {
        try {
            return sheet.read();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
