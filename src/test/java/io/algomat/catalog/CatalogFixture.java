package io.algomat.catalog;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Writes algorithms as publishing does, without a bundle: search must see them whoever wrote them. */
@ApplicationScoped
public class CatalogFixture {
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private final DataSource database;

    public CatalogFixture(DataSource database) {
        this.database = database;
    }

    /** A word that no other test uses, and too unlike theirs to be taken for one mistyped. */
    public static String unique() {
        StringBuilder word = new StringBuilder();
        for (long seed = NUMBER.incrementAndGet() * 0x9E3779B97F4A7C15L; word.length() < 14; seed = seed * 31 + 7) {
            word.append("bcdfghjklmnpqrtvwxz".charAt((int) Math.floorMod(seed >>> 33, 19L)));
            word.append("aeiou".charAt((int) Math.floorMod(seed >>> 13, 5L)));
        }
        return word.append('x').toString();
    }

    /** An algorithm to be; every part has a value that a test may leave as it is. */
    public record Draft(
            String owner,
            String name,
            String title,
            String tagLine,
            String readme,
            List<String> categories,
            List<String> tags,
            String licence,
            String runtime,
            String task,
            long royalty,
            double computeMs) {

        public static Draft of(String owner, String name) {
            return new Draft(
                    owner, name, name.replace('-', ' '), "", "", List.of(), List.of(), "MIT", "djl", "identity", 0, 5);
        }

        public Draft title(String value) {
            return new Draft(
                    owner, name, value, tagLine, readme, categories, tags, licence, runtime, task, royalty, computeMs);
        }

        public Draft tagLine(String value) {
            return new Draft(
                    owner, name, title, value, readme, categories, tags, licence, runtime, task, royalty, computeMs);
        }

        public Draft readme(String value) {
            return new Draft(
                    owner, name, title, tagLine, value, categories, tags, licence, runtime, task, royalty, computeMs);
        }

        public Draft categories(String... values) {
            return new Draft(
                    owner,
                    name,
                    title,
                    tagLine,
                    readme,
                    List.of(values),
                    tags,
                    licence,
                    runtime,
                    task,
                    royalty,
                    computeMs);
        }

        public Draft tags(String... values) {
            return new Draft(
                    owner,
                    name,
                    title,
                    tagLine,
                    readme,
                    categories,
                    List.of(values),
                    licence,
                    runtime,
                    task,
                    royalty,
                    computeMs);
        }

        public Draft licence(String value) {
            return new Draft(
                    owner, name, title, tagLine, readme, categories, tags, value, runtime, task, royalty, computeMs);
        }

        public Draft runtime(String value) {
            return new Draft(
                    owner, name, title, tagLine, readme, categories, tags, licence, value, task, royalty, computeMs);
        }

        public Draft royalty(long value) {
            return new Draft(
                    owner, name, title, tagLine, readme, categories, tags, licence, runtime, task, value, computeMs);
        }

        public Draft computeMs(double value) {
            return new Draft(
                    owner, name, title, tagLine, readme, categories, tags, licence, runtime, task, royalty, value);
        }
    }

    /** @return the algorithm's id */
    @Transactional
    public long publish(Draft draft) {
        long owner = owner(draft.owner());
        long algorithm = number(
                """
                INSERT INTO algorithm (owner_id, name, title, tag_line, readme, licence, categories, tags)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING id
                """,
                owner,
                draft.name(),
                draft.title(),
                draft.tagLine(),
                draft.readme(),
                draft.licence(),
                draft.categories().toArray(String[]::new),
                draft.tags().toArray(String[]::new));
        sample(version(algorithm, 1, "public", draft), true, draft.computeMs());
        return algorithm;
    }

    @Transactional
    public long version(long algorithm, int major, String visibility, Draft draft) {
        return number("""
                INSERT INTO version (algorithm_id, major, minor, patch, visibility, runtime, task, timeout_ms, memory_bytes,
                    retry_safe, input_schema, output_schema, royalty, rate_per_ms, take_bps, artifact_sha256,
                    artifact_bytes, published_by)
                SELECT ?, ?, 0, 0, ?, ?, ?, 60000, 1, true, '{}', '{}', ?, 1000, 1500, repeat('0', 64), 1, owner_id
                FROM algorithm WHERE id = ? RETURNING id
                """, algorithm, major, visibility, draft.runtime(), draft.task(), draft.royalty(), algorithm);
    }

    @Transactional
    public void sample(long version, boolean passed, double computeMs) {
        number("""
                INSERT INTO sample (version_id, position, name, input_kind, input, output_kind, output, passed, compute_ms)
                VALUES (?, 0, 'first', 'json', '1', 'json', '{"answer": 42}', ?, ?) RETURNING id
                """, version, passed, computeMs);
    }

    @Transactional
    public void calls(long algorithm, long calls) {
        number("""
                INSERT INTO version_statistics (version_id, calls, succeeded, p50_ms, p99_ms)
                SELECT id, ?, ?, 7, 9 FROM version WHERE algorithm_id = ? ORDER BY major DESC LIMIT 1
                ON CONFLICT (version_id) DO UPDATE SET calls = excluded.calls RETURNING version_id
                """, calls, calls, algorithm);
    }

    /** Any change, such as {@code UPDATE algorithm SET unlisted_at = now() WHERE id = ? RETURNING id}. */
    @Transactional
    public void change(String sql, Object... parameters) {
        number(sql, parameters);
    }

    private long owner(String name) {
        Long found = numberOrNull("SELECT id FROM owner WHERE lower(name) = lower(?)", name);
        return found != null
                ? found
                : number(
                        "INSERT INTO owner (name, display_name, kind) VALUES (?, ?, 'organisation') RETURNING id",
                        name,
                        name);
    }

    private long number(String sql, Object... parameters) {
        Long number = numberOrNull(sql, parameters);
        if (number == null) {
            throw new IllegalStateException("Nothing came of " + sql);
        }
        return number;
    }

    private @Nullable Long numberOrNull(String sql, Object... parameters) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                Object value = parameters[i];
                statement.setObject(
                        i + 1, value instanceof String[] words ? connection.createArrayOf("text", words) : value);
            }
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? row.getLong(1) : null;
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
