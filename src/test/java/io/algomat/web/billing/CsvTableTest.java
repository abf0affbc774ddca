package io.algomat.web.billing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTableTest {
    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1"})
    void aNameThatASpreadsheetWouldRunIsShownInstead(String name) {
        assertThat(CsvTable.safe(name)).isEqualTo("'" + name);
    }

    @Test
    void namesAreQuotedAsRfc4180HasItAndNumbersStayNumbers() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (CsvTable table = new CsvTable(out, "name", "count")) {
            table.row("a,\"b\"\nc", -3L);
            table.row("=cmd|' /C calc'!A0", 4L);
        }
        assertThat(out.toString(StandardCharsets.UTF_8))
                .isEqualTo("name,count\r\n\"a,\"\"b\"\"\nc\",-3\r\n'=cmd|' /C calc'!A0,4\r\n");
    }
}
