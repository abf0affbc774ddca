package io.algomat.catalog;

import io.algomat.platform.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The statements about sources and their files. */
@ApplicationScoped
class SourceRows {
    private static final String SOURCE = """
            SELECT s.*, d.public_id AS draft FROM source s LEFT JOIN draft d ON d.id = s.draft_id AND d.expires_at > ?
            """;
    private static final String FILE = """
            INSERT INTO source_file (source_id, path, change, bytes, text, content, artifact_sha256, artifact_path)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (source_id, path) DO UPDATE SET change = excluded.change, bytes = excluded.bytes,
                text = excluded.text, content = excluded.content, artifact_sha256 = excluded.artifact_sha256,
                artifact_path = excluded.artifact_path
            """;

    record Source(
            long id,
            String publicId,
            long ownerId,
            String name,
            long change,
            long builtChange,
            @Nullable String draft,
            Instant updatedAt) {}

    /** What a file holds: bytes of its own, or where they lie in a published version's bundle. */
    sealed interface Content {
        record Own(byte[] bytes, boolean text) implements Content {}

        record InBundle(String sha256, String path, long bytes) implements Content {}
    }

    private final Sql sql;
    private final Clock clock;

    SourceRows(Sql sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
    }

    long insert(String publicId, long ownerId, long createdBy, String name) {
        return sql.first(
                        """
                        INSERT INTO source (public_id, owner_id, created_by, name, created_at, updated_at)
                        VALUES (?, ?, ?, ?, ?, ?) RETURNING id
                        """,
                        row -> row.getLong(1),
                        publicId,
                        ownerId,
                        createdBy,
                        name,
                        clock.instant(),
                        clock.instant())
                .orElseThrow();
    }

    Optional<Source> find(String publicId) {
        return sql.first(SOURCE + "WHERE s.public_id = ?", SourceRows::source, clock.instant(), publicId);
    }

    /** Locks them until the transaction ends. */
    Optional<Source> lock(String publicId) {
        return sql.first(
                SOURCE + "WHERE s.public_id = ? FOR UPDATE OF s", SourceRows::source, clock.instant(), publicId);
    }

    List<Source> ofOwners(Long[] owners) {
        return sql.list(
                SOURCE + "WHERE s.owner_id = ANY (?) ORDER BY s.updated_at DESC, s.id DESC",
                SourceRows::source,
                clock.instant(),
                owners);
    }

    /** The sources that a draft was built of. */
    Optional<String> ofDraft(String draft) {
        return sql.first(
                "SELECT s.public_id FROM source s JOIN draft d ON d.id = s.draft_id WHERE d.public_id = ?",
                row -> row.getString(1),
                draft);
    }

    private static Source source(ResultSet row) throws SQLException {
        return new Source(
                row.getLong("id"),
                row.getString("public_id"),
                row.getLong("owner_id"),
                row.getString("name"),
                row.getLong("change"),
                row.getLong("built_change"),
                row.getString("draft"),
                Sql.time(row, "updated_at"));
    }

    long madeBy(long account) {
        return sql.count("SELECT count(*) FROM source WHERE created_by = ?", account);
    }

    /** @return the number of the change that has begun */
    long change(long source) {
        return sql.first(
                        "UPDATE source SET change = change + 1, updated_at = ? WHERE id = ? RETURNING change",
                        row -> row.getLong(1),
                        clock.instant(),
                        source)
                .orElseThrow();
    }

    void built(String publicId, long change, String draft) {
        sql.update(
                "UPDATE source SET built_change = ?, draft_id = (SELECT id FROM draft WHERE public_id = ?) WHERE public_id = ?",
                change,
                draft,
                publicId);
    }

    void delete(long source) {
        sql.update("DELETE FROM source WHERE id = ?", source);
    }

    void write(long source, String path, long change, Content content) {
        switch (content) {
            case Content.Own own ->
                sql.update(FILE, source, path, change, own.bytes().length, own.text(), own.bytes(), null, null);
            case Content.InBundle there ->
                sql.update(FILE, source, path, change, there.bytes(), false, null, there.sha256(), there.path());
        }
    }

    void rename(long source, String path, String newPath, long change) {
        sql.update(
                "UPDATE source_file SET path = ?, change = ? WHERE source_id = ? AND path = ?",
                newPath,
                change,
                source,
                path);
    }

    void remove(long source, String path) {
        sql.update("DELETE FROM source_file WHERE source_id = ? AND path = ?", source, path);
    }

    List<SourceView.File> files(long source) {
        return sql.list(
                "SELECT path, change, bytes, text FROM source_file WHERE source_id = ? ORDER BY path COLLATE \"C\"",
                row -> new SourceView.File(
                        row.getString("path"), row.getLong("change"), row.getLong("bytes"), row.getBoolean("text")),
                source);
    }

    Optional<Content> content(long source, String path) {
        return sql.first(
                "SELECT * FROM source_file WHERE source_id = ? AND path = ?", SourceRows::content, source, path);
    }

    private static Content content(ResultSet row) throws SQLException {
        byte[] bytes = row.getBytes("content");
        return bytes == null
                ? new Content.InBundle(
                        row.getString("artifact_sha256"), row.getString("artifact_path"), row.getLong("bytes"))
                : new Content.Own(bytes, row.getBoolean("text"));
    }
}
