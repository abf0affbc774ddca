package io.algomat.bench;

import io.algomat.platform.start.EmbeddedPostgres;
import java.io.IOException;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.postgresql.PGConnection;

/**
 * A catalogue of many algorithms, as a large site would have it: words as unevenly frequent as in a language, a few
 * hundred words of text each. Written straight into the tables of publishing; the product's own triggers index it.
 */
final class CrowdedCatalog {
    private static final String[] CATEGORIES = {
        "vision", "text", "audio", "tabular", "geo", "time-series", "search", "code", "science", "money"
    };
    private static final String[] LICENCES = {"Apache-2.0", "MIT", "BSD-3-Clause", "CC-BY-4.0", "GPL-3.0-only"};
    private static final String[] RUNTIMES = {"djl", "python", "node", "java", "pipeline"};
    private static final String[] TASKS = {"object-detection", "text-embedding", "tensor", "identity"};
    private static final int OWNERS = 2000;
    private static final int TEXT_WORDS = 150;

    private final Vocabulary words;
    private final Random random = new Random(7);
    private final int algorithms;

    CrowdedCatalog(Vocabulary words, int algorithms) {
        this.words = words;
        this.algorithms = algorithms;
    }

    void load(EmbeddedPostgres.Access access) throws SQLException, IOException {
        try (Connection connection =
                        DriverManager.getConnection(access.url(), access.ownerUsername(), access.ownerPassword());
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            List<String> indexes = dropIndexes(statement);
            copy(connection, "owner (name, display_name, kind)", OWNERS, this::owner);
            long owner = first(statement, "SELECT min(id) FROM owner WHERE name LIKE 'crowd%'");
            copy(
                    connection,
                    "algorithm (owner_id, name, title, tag_line, readme, licence, categories, tags, created_at)",
                    algorithms,
                    number -> algorithm(owner, number));
            long algorithm = first(statement, "SELECT min(id) FROM algorithm WHERE owner_id >= " + owner);
            copy(
                    connection,
                    "version (algorithm_id, major, minor, patch, visibility, runtime, task, device, timeout_ms,"
                            + " memory_bytes, retry_safe, input_schema, output_schema, royalty, rate_per_ms, take_bps,"
                            + " artifact_sha256, artifact_bytes, published_by)",
                    algorithms,
                    number -> version(algorithm + number, owner));
            long version = first(statement, "SELECT min(id) FROM version WHERE algorithm_id >= " + algorithm);
            copy(
                    connection,
                    "version_statistics (version_id, calls, succeeded, p50_ms, p99_ms)",
                    algorithms,
                    number -> line(
                            version + number,
                            (long) (Math.pow(random.nextDouble(), 8) * 1e6),
                            0,
                            1 + random.nextInt(400),
                            500));
            copy(
                    connection,
                    "sample (version_id, position, name, input_kind, input, output_kind, output, passed, compute_ms)",
                    algorithms,
                    number -> line(version + number, 0, "first", "text", "in", "json", "[0.25, 0.5]", true, 5));
            for (String index : indexes) {
                statement.execute(index);
            }
            connection.commit();
            connection.setAutoCommit(true);
            statement.execute("VACUUM (ANALYZE) owner, algorithm, version, sample, search_document, search_term");
        }
    }

    /** An index that is built at the end is built in a tenth of the time. */
    private static List<String> dropIndexes(Statement statement) throws SQLException {
        List<String> definitions = new ArrayList<>();
        List<String> names = new ArrayList<>();
        try (ResultSet row = statement.executeQuery(
                "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = 'search_document' AND indexdef NOT LIKE '%UNIQUE%'")) {
            while (row.next()) {
                names.add(row.getString(1));
                definitions.add(row.getString(2));
            }
        }
        statement.execute("DROP INDEX " + String.join(", ", names));
        return definitions;
    }

    private interface Rows {
        String row(int number);
    }

    private static void copy(Connection connection, String table, int rows, Rows source)
            throws SQLException, IOException {
        StringBuilder text = new StringBuilder();
        for (int number = 0; number < rows; number++) {
            text.append(source.row(number)).append('\n');
        }
        connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn("COPY " + table + " FROM STDIN", new StringReader(text.toString()));
    }

    private static long first(Statement statement, String sql) throws SQLException {
        try (ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    private static String line(Object... values) {
        return String.join(
                "\t", java.util.Arrays.stream(values).map(String::valueOf).toList());
    }

    private String owner(int number) {
        return line("crowd" + number + "_" + words.any(random), words.any(random) + " " + number, "user");
    }

    private String algorithm(long owner, int number) {
        String name = words.any(random) + "-" + words.any(random) + "-" + number;
        String title = words.any(random) + " " + words.any(random) + " " + words.any(random);
        String tagLine = "Does " + words.any(random) + " for " + words.any(random) + " and " + words.any(random);
        StringBuilder text = new StringBuilder("# ").append(title);
        for (int i = random.nextInt(2 * TEXT_WORDS); i >= 0; i--) {
            text.append(' ').append(words.any(random));
        }
        return line(
                owner + random.nextInt(OWNERS),
                name,
                title,
                tagLine,
                text,
                oneOf(LICENCES),
                "{" + oneOf(CATEGORIES) + "}",
                "{" + words.any(random) + "," + words.any(random) + "}",
                "2026-%02d-%02d".formatted(1 + random.nextInt(10), 1 + random.nextInt(28)));
    }

    private String version(long algorithm, long owner) {
        return line(
                algorithm,
                1,
                random.nextInt(9),
                0,
                "public",
                oneOf(RUNTIMES),
                oneOf(TASKS),
                random.nextInt(10) == 0 ? "gpu:0" : "cpu",
                60_000,
                1,
                true,
                "{}",
                "{}",
                random.nextInt(3) == 0 ? 0 : random.nextInt(2_000_000),
                1000,
                1500,
                "0".repeat(64),
                1,
                owner);
    }

    /** The first of them most often. */
    private String oneOf(String[] values) {
        return values[(int) (Math.pow(random.nextDouble(), 1.5) * values.length)];
    }
}
