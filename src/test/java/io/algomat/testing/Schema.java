package io.algomat.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a program can rely on in the database, a line for each thing: tables, columns, functions that it may call, what its
 * role may do, and the rules that its rows must keep.
 */
public record Schema(Set<String> lines) {
    /** One file for each release; see docs/adr/0100. */
    public static final Path RELEASES = Path.of("deploy/schema");

    private static final Pattern COLUMN = Pattern.compile("column (\\S+)\\.(\\S+) (.*?)( not null)?( default)?");
    private static final Pattern RULE = Pattern.compile("rule (\\S+)\\((.*?)\\): .*");

    private static final String LIST = """
            WITH app AS (SELECT ?::name AS role),
                 own AS (SELECT c.* FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND NOT c.relispartition
                                                      AND c.relname <> 'flyway_schema_history'),
                 held AS (SELECT * FROM own WHERE relkind IN ('r', 'p', 'v', 'm')),
                 col AS (SELECT h.oid AS rel, h.relname, a.* FROM held h JOIN pg_attribute a ON a.attrelid = h.oid
                         WHERE a.attnum > 0 AND NOT a.attisdropped),
                 act AS (SELECT p.oid, p.oid::regprocedure::text AS name FROM pg_proc p
                         WHERE p.pronamespace = 'public'::regnamespace AND p.prorettype <> 'trigger'::regtype
                           AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e'))
            SELECT 'table ' || relname FROM held
            UNION SELECT 'column ' || relname || '.' || attname || ' ' || format_type(atttypid, atttypmod)
                         || CASE WHEN attnotnull THEN ' not null' ELSE '' END
                         || CASE WHEN atthasdef OR attidentity <> '' THEN ' default' ELSE '' END FROM col
            UNION SELECT 'function ' || name || ' returns ' || pg_get_function_result(oid) FROM act
            UNION SELECT 'grant ' || may || ' on ' || relname FROM held, app, unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE']) may
                  WHERE has_table_privilege(role, held.oid, may)
            UNION SELECT 'grant ' || may || ' on ' || relname || '.' || attname
                  FROM col, app, unnest(ARRAY['SELECT', 'INSERT', 'UPDATE']) may
                  WHERE has_column_privilege(role, rel, attnum, may) AND NOT has_table_privilege(role, rel, may)
            UNION SELECT 'grant EXECUTE on ' || name FROM act, app WHERE has_function_privilege(role, act.oid, 'EXECUTE')
            UNION SELECT 'rule ' || relname || '('
                         || coalesce((SELECT string_agg(attname, ', ' ORDER BY attnum) FROM col
                                      WHERE rel = held.oid AND attnum = ANY (con.conkey)), '')
                         || '): ' || pg_get_constraintdef(con.oid)
                  FROM held JOIN pg_constraint con ON con.conrelid = held.oid AND con.contype IN ('c', 'u', 'p', 'f', 'x')
            UNION SELECT 'rule ' || relname || '('
                         || coalesce((SELECT string_agg(attname, ', ' ORDER BY attnum) FROM col
                                      WHERE rel = held.oid AND attnum = ANY (i.indkey)), '')
                         || '): ' || pg_get_indexdef(i.indexrelid)
                  FROM held JOIN pg_index i ON i.indrelid = held.oid AND i.indisunique
                  WHERE NOT EXISTS (SELECT FROM pg_constraint con WHERE con.conindid = i.indexrelid)
            """;

    public Schema {
        lines = Set.copyOf(lines);
    }

    /** @param role the application's */
    public static Schema of(Connection database, String role) throws SQLException {
        Set<String> lines = new TreeSet<>();
        try (PreparedStatement list = database.prepareStatement(LIST)) {
            list.setString(1, role);
            try (ResultSet row = list.executeQuery()) {
                while (row.next()) {
                    lines.add(row.getString(1).replaceAll("\\s+", " "));
                }
            }
        }
        return new Schema(lines);
    }

    public static Schema of(Path release) throws IOException {
        return new Schema(Set.copyOf(Files.readAllLines(release)));
    }

    public void write(Path release) throws IOException {
        Files.write(release, new TreeSet<>(lines));
    }

    /** What a program that was written for that release can no longer rely on, or must do that it does not; sorted. */
    public List<String> breaks(Schema release) {
        List<String> broken = new ArrayList<>();
        for (String line : new TreeSet<>(release.lines)) {
            if (!lines.contains(line) && !line.startsWith("rule ") && !loosened(line)) {
                broken.add("gone: " + line);
            }
        }
        for (String line : new TreeSet<>(lines)) {
            if (!release.lines.contains(line) && stricter(line, release)) {
                broken.add("stricter: " + line);
            }
        }
        return broken;
    }

    /** Whether the column is there with its type, and takes all that it took. */
    private boolean loosened(String line) {
        Matcher was = COLUMN.matcher(line);
        return was.matches()
                && lines.stream()
                        .map(COLUMN::matcher)
                        .filter(now -> now.matches()
                                && now.group(1).equals(was.group(1))
                                && now.group(2).equals(was.group(2))
                                && now.group(3).equals(was.group(3)))
                        .anyMatch(now -> now.group(4) == null
                                || was.group(4) != null && (now.group(5) != null || was.group(5) == null));
    }

    private static boolean stricter(String line, Schema release) {
        Matcher column = COLUMN.matcher(line);
        if (column.matches()) {
            return column.group(4) != null && column.group(5) == null && release.has("table " + column.group(1) + " ");
        }
        Matcher rule = RULE.matcher(line);
        return rule.matches()
                && release.has("table " + rule.group(1) + " ")
                && (rule.group(2).isEmpty()
                        || Stream.of(rule.group(2).split(", "))
                                .anyMatch(name -> release.has("column " + rule.group(1) + "." + name + " ")));
    }

    private boolean has(String beginning) {
        return lines.stream().anyMatch(line -> (line + " ").startsWith(beginning));
    }
}
