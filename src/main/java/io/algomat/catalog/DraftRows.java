package io.algomat.catalog;

import io.algomat.platform.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The statements about drafts, their logs and their samples' answers. */
@ApplicationScoped
class DraftRows {
    /** A gateway that tests a draft says so again well within this time. */
    static final Duration LEASE = Duration.ofSeconds(30);

    private static final String DRAFT = """
            SELECT d.*, o.site, o.verified_at IS NOT NULL AS verified, v.major || '.' || v.minor || '.' || v.patch AS published_version
            FROM draft d JOIN owner o ON o.id = d.owner_id LEFT JOIN version v ON v.id = d.version_id
            """;
    private static final String INSERT = """
            INSERT INTO draft (public_id, owner_id, created_by, state, artifact_sha256, artifact_bytes, created_at, expires_at)
            VALUES (?, ?, ?, 'received', ?, ?, ?, ?)
            """;
    private static final String CLAIM = """
            UPDATE draft SET state = 'testing', tested_until = ?
            WHERE public_id = ? AND (state = 'received' OR state = 'testing' AND tested_until < ?)
            """;

    /**
     * @param dependencies SHA-256 of what its build made; null before the build, and where there was nothing to build
     * @param pipeline its steps, each bound to a version, as JSON; null before the test, and for all but pipelines
     */
    record Draft(
            long id,
            String publicId,
            long ownerId,
            long createdBy,
            boolean site,
            boolean verified,
            DraftView.State state,
            String sha256,
            long bytes,
            @Nullable String dependencies,
            long dependencyBytes,
            @Nullable String pipeline,
            Instant createdAt,
            Instant expiresAt,
            @Nullable String publishedVersion) {
        Draft with(String dependencies, long dependencyBytes) {
            return with(dependencies, dependencyBytes, pipeline);
        }

        Draft with(Pipeline pinned) {
            return with(dependencies, dependencyBytes, pinned.written().toString());
        }

        private Draft with(@Nullable String dependencies, long dependencyBytes, @Nullable String pipeline) {
            return new Draft(
                    id,
                    publicId,
                    ownerId,
                    createdBy,
                    site,
                    verified,
                    state,
                    sha256,
                    bytes,
                    dependencies,
                    dependencyBytes,
                    pipeline,
                    createdAt,
                    expiresAt,
                    publishedVersion);
        }
    }

    private final Sql sql;
    private final Clock clock;

    DraftRows(Sql sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
    }

    void insert(String publicId, long ownerId, long createdBy, UnpackBundle.Received bundle, Duration life) {
        Instant now = clock.instant();
        sql.update(INSERT, publicId, ownerId, createdBy, bundle.sha256(), bundle.bytes(), now, now.plus(life));
    }

    Optional<Draft> find(String publicId) {
        return sql.first(
                DRAFT + "WHERE d.public_id = ? AND d.expires_at > ?", DraftRows::draft, publicId, clock.instant());
    }

    /** Locks the draft until the transaction ends. */
    Optional<Draft> lock(String publicId) {
        return sql.first(
                DRAFT + "WHERE d.public_id = ? AND d.expires_at > ? FOR UPDATE OF d",
                DraftRows::draft,
                publicId,
                clock.instant());
    }

    List<Draft> ofOwners(Long[] owners) {
        return sql.list(
                DRAFT + "WHERE d.owner_id = ANY (?) AND d.state <> 'published' AND d.expires_at > ? ORDER BY d.id DESC",
                DraftRows::draft,
                owners,
                clock.instant());
    }

    private static Draft draft(ResultSet row) throws SQLException {
        return new Draft(
                row.getLong("id"),
                row.getString("public_id"),
                row.getLong("owner_id"),
                row.getLong("created_by"),
                row.getBoolean("site"),
                row.getBoolean("verified"),
                DraftView.State.of(row.getString("state")),
                row.getString("artifact_sha256"),
                row.getLong("artifact_bytes"),
                row.getString("dependencies_sha256"),
                row.getLong("dependencies_bytes"),
                row.getString("pipeline"),
                Sql.time(row, "created_at"),
                Sql.time(row, "expires_at"),
                row.getString("published_version"));
    }

    /** How many drafts of this account wait to be published or thrown away. */
    int open(long createdBy) {
        return sql.first(
                        "SELECT count(*) FROM draft WHERE created_by = ? AND state <> 'published' AND expires_at > ?",
                        row -> row.getInt(1),
                        createdBy,
                        clock.instant())
                .orElse(0);
    }

    /** Takes a draft for testing; false when another has it. */
    boolean claim(String publicId) {
        Instant now = clock.instant();
        return sql.update(CLAIM, now.plus(LEASE), publicId, now) == 1;
    }

    void stillTesting(Collection<Long> drafts) {
        sql.update(
                "UPDATE draft SET tested_until = ? WHERE id = ANY (?) AND state = 'testing'",
                clock.instant().plus(LEASE),
                drafts.toArray(Long[]::new));
    }

    /** Drafts that nobody tests: just received, or left behind by a gateway that died. */
    List<String> untested() {
        return sql.list(
                """
                SELECT public_id FROM draft
                WHERE (state = 'received' AND created_at < ? OR state = 'testing' AND tested_until < ?) AND expires_at > ?
                ORDER BY id LIMIT 20
                """, row -> row.getString(1), clock.instant().minusSeconds(10), clock.instant(), clock.instant());
    }

    void clearTest(long draft) {
        sql.update("DELETE FROM draft_log WHERE draft_id = ?", draft);
        sql.update("DELETE FROM draft_sample WHERE draft_id = ?", draft);
    }

    void built(long draft, String dependencies, long bytes) {
        sql.update(
                "UPDATE draft SET dependencies_sha256 = ?, dependencies_bytes = ? WHERE id = ?",
                dependencies,
                bytes,
                draft);
    }

    void pinned(long draft, Pipeline pipeline) {
        sql.update(
                "UPDATE draft SET pipeline = ?::json WHERE id = ?",
                pipeline.written().toString(),
                draft);
    }

    void tested(long draft, boolean passed) {
        sql.update(
                "UPDATE draft SET state = ?, tested_until = NULL WHERE id = ? AND state = 'testing'",
                passed ? "ready" : "failed",
                draft);
    }

    void published(long draft, long version) {
        sql.update("UPDATE draft SET state = 'published', version_id = ? WHERE id = ?", version, draft);
    }

    /** @return whether it was there to be thrown away */
    boolean delete(long draft) {
        return sql.update("DELETE FROM draft WHERE id = ? AND state <> 'published'", draft) == 1;
    }

    int deleteExpired() {
        return sql.update("DELETE FROM draft WHERE expires_at < ?", clock.instant());
    }

    void log(long draft, DraftView.Level level, String line) {
        sql.update(
                "INSERT INTO draft_log (draft_id, level, line, at) SELECT id, ?, ?, ? FROM draft WHERE id = ?",
                level.wire(),
                line,
                clock.instant(),
                draft);
    }

    List<DraftView.LogLine> log(long draft) {
        return sql.list(
                "SELECT * FROM draft_log WHERE draft_id = ? ORDER BY id",
                row -> new DraftView.LogLine(
                        row.getLong("id"),
                        Sql.time(row, "at"),
                        DraftView.Level.valueOf(row.getString("level").toUpperCase(Locale.ROOT)),
                        row.getString("line")),
                draft);
    }

    void sample(long draft, DraftView.SampleRun run) {
        sql.update(
                """
                INSERT INTO draft_sample (draft_id, position, passed, message, output_kind, output, compute_ms, log, stacktrace)
                SELECT id, ?, ?, ?, ?, ?, ?, ?, ? FROM draft WHERE id = ?
                """,
                run.position(),
                run.passed(),
                run.message(),
                run.output().kind().wire(),
                run.output().bytes(),
                run.computeMs(),
                run.log().replace('\0', '?'),
                run.stacktrace().replace('\0', '?'),
                draft);
    }

    List<DraftView.SampleRun> samples(long draft, List<Manifest.Sample> declared) {
        return sql.list(
                "SELECT * FROM draft_sample WHERE draft_id = ? ORDER BY position",
                row -> new DraftView.SampleRun(
                        row.getInt("position"),
                        declared.get(row.getInt("position")).name(),
                        row.getBoolean("passed"),
                        row.getString("message"),
                        AlgorithmRows.payload(row, "output"),
                        row.getDouble("compute_ms"),
                        row.getString("log"),
                        row.getString("stacktrace")),
                draft);
    }
}
