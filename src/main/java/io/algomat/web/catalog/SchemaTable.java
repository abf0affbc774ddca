package io.algomat.web.catalog;

import java.util.List;
import java.util.Locale;

/** One shape that a value may have: a table of fields, or one row where the value is no object. */
public record SchemaTable(String title, List<Row> rows) {
    /**
     * @param name the field, empty for the value itself
     * @param type such as {@code number} or {@code list of number}
     * @param limits such as {@code 0 to 1, default 0.5}
     * @param file whether it carries bytes as base64
     */
    public record Row(
            String name,
            String type,
            boolean required,
            String limits,
            String standard,
            String description,
            boolean file) {

        /** Description, limits and default in one line. */
        public String meaning() {
            String end = description.isEmpty() || description.endsWith(".") ? "" : ".";
            String more = limits.isEmpty()
                    ? ""
                    : " " + limits.substring(0, 1).toUpperCase(Locale.ROOT) + limits.substring(1) + ".";
            return (description + end + more + (standard.isEmpty() ? "" : " Default " + standard + ".")).strip();
        }

        /** Whether one line of a form can hold it. */
        public boolean scalar() {
            return type.equals("number") || type.equals("integer") || type.equals("string");
        }
    }

    public SchemaTable {
        rows = List.copyOf(rows);
    }

    String fileField() {
        return rows.stream()
                .filter(row -> row.file() && !row.name().isEmpty())
                .map(Row::name)
                .findFirst()
                .orElse("");
    }

    List<Row> optionsBesideFile() {
        return fileField().isEmpty()
                ? List.of()
                : rows.stream().filter(row -> !row.file() && row.scalar()).toList();
    }
}
