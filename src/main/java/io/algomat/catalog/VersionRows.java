package io.algomat.catalog;

import io.algomat.platform.Payload;
import io.algomat.platform.Price;
import io.algomat.platform.Sql;
import io.algomat.platform.UnitPrice;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The statements that publish. */
@ApplicationScoped
class VersionRows {
    private static final String NEWEST = """
            SELECT v.* FROM version v JOIN algorithm a ON a.id = v.algorithm_id
            WHERE a.owner_id = ? AND lower(a.name) = lower(?)
            ORDER BY v.major DESC, v.minor DESC, v.patch DESC LIMIT 1
            """;
    private static final String CURRENT = """
            SELECT v.* FROM version v JOIN algorithm a ON a.id = v.algorithm_id
            WHERE a.owner_id = ? AND lower(a.name) = lower(?) AND v.visibility = 'public'
              AND coalesce(v.newest_from <= ?, true)
            ORDER BY v.major DESC, v.minor DESC, v.patch DESC LIMIT 1
            """;
    private static final String ALGORITHM = """
            INSERT INTO algorithm (owner_id, name, title, tag_line, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (owner_id, lower(name)) DO UPDATE SET updated_at = excluded.updated_at
            RETURNING id
            """;
    private static final String VERSION = """
            INSERT INTO version (algorithm_id, major, minor, patch, visibility, release_notes, runtime, task, options,
                device, timeout_ms, memory_bytes, retry_safe, input_schema, output_schema, royalty, rate_per_ms, take_bps,
                artifact_sha256, artifact_bytes, published_by, published_at, reuse, cpu_ms, temporary_bytes, processes,
                calls_out, dependencies_sha256, dependencies_bytes, gpu_memory_bytes,
                pipeline, newest_from, unit_metric, unit_price, unit_per, unit_most)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?, ?, ?::jsonb, ?::jsonb, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::json, ?, ?, ?, ?, ?)
            RETURNING id
            """;
    private static final String SAMPLE = """
            INSERT INTO sample (version_id, position, name, file_name, input_kind, input, output_kind, output, passed, compute_ms)
            SELECT ?, s.position, ?, ?, ?, ?, s.output_kind, s.output, s.passed, s.compute_ms
            FROM draft_sample s WHERE s.draft_id = ? AND s.position = ?
            """;
    private static final String TEXTS = """
            UPDATE algorithm SET title = ?, tag_line = ?, readme = ?, licence = ?, categories = ?, tags = ? WHERE id = ?
            """;

    /** @param device what its compute rate is for: {@code cpu} or {@code gpu} */
    record Newest(VersionNumber number, Price price, String device) {}

    private final Sql sql;
    private final Clock clock;
    private final ProgramColumns programs;

    VersionRows(Sql sql, Clock clock, ProgramColumns programs) {
        this.sql = sql;
        this.clock = clock;
        this.programs = programs;
    }

    /** Of any visibility: numbers and prices are counted over all of an algorithm's versions. */
    Optional<Newest> newest(long ownerId, String name) {
        return sql.first(
                NEWEST,
                row -> new Newest(
                        new VersionNumber(row.getInt("major"), row.getInt("minor"), row.getInt("patch")),
                        PriceColumns.read(row),
                        row.getString("device")),
                ownerId,
                name);
    }

    /** What callers pay now who name no version. */
    Optional<Price> current(long ownerId, String name) {
        return sql.first(CURRENT, PriceColumns::read, ownerId, name, clock.instant());
    }

    /** Makes the algorithm if it is new, and holds its row, so that two publications go one after the other. */
    long lockAlgorithm(long ownerId, Manifest manifest) {
        return sql.first(
                        ALGORITHM,
                        row -> row.getLong(1),
                        ownerId,
                        manifest.name(),
                        manifest.title(),
                        manifest.tagLine(),
                        clock.instant(),
                        clock.instant())
                .orElseThrow();
    }

    long insert(
            long algorithm,
            DraftRows.Draft draft,
            Manifest manifest,
            VersionNumber number,
            Price price,
            Publication wanted,
            @Nullable Instant newestFrom,
            long publishedBy) {
        Program program = manifest.program();
        UnitPrice unit = price.unit();
        return sql.first(
                        VERSION,
                        row -> row.getLong(1),
                        algorithm,
                        number.major(),
                        number.minor(),
                        number.patch(),
                        wanted.visibility().wire(),
                        wanted.releaseNotes().strip(),
                        program.runtime(),
                        program.task(),
                        programs.options(program),
                        program.device(),
                        Math.toIntExact(manifest.timeout().toMillis()),
                        program.limits().memoryBytes(),
                        program.retrySafe(),
                        manifest.inputSchema(),
                        manifest.outputSchema(),
                        price.royalty().micro(),
                        price.ratePerMs().micro(),
                        price.takeBps(),
                        draft.sha256(),
                        draft.bytes(),
                        publishedBy,
                        clock.instant(),
                        program.reuse().wire(),
                        Math.toIntExact(program.limits().cpu().toMillis()),
                        program.limits().temporaryBytes(),
                        program.limits().processes(),
                        program.calls().toArray(String[]::new),
                        draft.dependencies(),
                        draft.dependencyBytes(),
                        program.limits().gpuBytes(),
                        draft.pipeline(),
                        newestFrom,
                        unit == null ? null : unit.metric(),
                        unit == null ? null : unit.credits().micro(),
                        unit == null ? null : unit.per(),
                        unit == null ? null : unit.most().whole())
                .orElseThrow();
    }

    void insertSamples(long version, DraftRows.Draft draft, Manifest manifest, BundleFiles files) {
        for (int i = 0; i < manifest.samples().size(); i++) {
            Manifest.Sample sample = manifest.samples().get(i);
            Payload input = SampleInput.of(files, sample);
            sql.update(
                    SAMPLE,
                    version,
                    sample.name(),
                    sample.fileName(),
                    input.kind().wire(),
                    input.bytes(),
                    draft.id(),
                    i);
        }
    }

    /** The page says what the newest public version's manifest says, until its owner edits it. */
    void setTexts(long algorithm, Manifest manifest) {
        sql.update(
                TEXTS,
                manifest.title(),
                manifest.tagLine(),
                manifest.readme(),
                manifest.licence(),
                manifest.categories().toArray(String[]::new),
                manifest.tags().toArray(String[]::new),
                algorithm);
    }
}
