package io.algomat.catalog;

import io.algomat.platform.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The versions behind the keys of worker pools, for people. */
@ApplicationScoped
public class PoolNames {
    private static final String VERSION = "version-";

    /**
     * @param path {@code owner/name}; a draft has none before it is published, and shows its id
     * @param version empty for a draft
     */
    public record Name(String path, String version) {
        public boolean draft() {
            return version.isEmpty();
        }

        /** {@code owner/name 1.0.0}, or what is known of a draft. */
        public String text() {
            return draft() ? path : path + " " + version;
        }
    }

    private final Sql sql;

    PoolNames(Sql sql) {
        this.sql = sql;
    }

    /** The key of a version's pool. */
    static String key(long versionId) {
        return VERSION + versionId;
    }

    /** Whether it is the key of a draft's pool, which nobody calls again when its test is over. */
    public static boolean draft(String key) {
        return key.startsWith("draft");
    }

    /** A name for each key. What is gone from the catalogue keeps its key as its name. */
    public Map<String, Name> of(Collection<String> keys) {
        Map<String, Name> names = new HashMap<>();
        List<Long> versions = new ArrayList<>();
        for (String key : keys) {
            names.put(key, new Name(key, ""));
            if (key.matches(VERSION + "\\d{1,18}")) {
                versions.add(Long.parseLong(key.substring(VERSION.length())));
            } else if (draft(key)) {
                names.put(key, new Name("a draft under test, " + key, ""));
            }
        }
        sql.list(
                """
                SELECT v.id, o.name || '/' || a.name AS path, v.major || '.' || v.minor || '.' || v.patch AS version
                FROM version v JOIN algorithm a ON a.id = v.algorithm_id JOIN owner o ON o.id = a.owner_id
                WHERE v.id = ANY (?)
                """,
                row -> names.put(key(row.getLong("id")), new Name(row.getString("path"), row.getString("version"))),
                (Object) versions.toArray(Long[]::new));
        return names;
    }
}
