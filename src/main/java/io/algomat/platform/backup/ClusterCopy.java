package io.algomat.platform.backup;

import io.algomat.platform.start.EmbeddedPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The files of the embedded database while it works on them, by PostgreSQL's own low-level backup. A temporary replication
 * slot keeps the journal from the start on; it goes with the connection, so that a backup that is killed leaves nothing
 * that fills the disk. The journal is copied last, up to where the backup ended: without it the copy would not start.
 */
final class ClusterCopy {
    private static final String WITHIN = "pg/cluster/";
    private static final String CONTROL = "global/pg_control";
    /** What belongs to the running server alone, or is made anew from the journal. The folders themselves must be there. */
    private static final Set<String> EMPTIED = Set.of(
            "pg_wal",
            "pg_replslot",
            "pg_dynshmem",
            "pg_notify",
            "pg_serial",
            "pg_snapshots",
            "pg_stat_tmp",
            "pg_subtrans");

    private static final Set<String> LEFT_OUT =
            Set.of("postmaster.pid", "postmaster.opts", "backup_label", "tablespace_map", CONTROL);
    private static final Pattern FIRST_SEGMENT = Pattern.compile("START WAL LOCATION: \\S+ \\(file ([0-9A-F]{24})\\)");
    private static final Pattern SEGMENT = Pattern.compile("[0-9A-F]{24}");

    private final EmbeddedPostgres postgres;
    private final ArchiveWriter archive;

    ClusterCopy(EmbeddedPostgres postgres, ArchiveWriter archive) {
        this.postgres = postgres;
        this.archive = archive;
    }

    /** What {@code pg_backup_stop} tells. */
    private record End(String label, String tablespaces, String lastSegment) {}

    void copy() throws IOException, SQLException {
        // Start and stop belong to one session, and so does the slot.
        try (Connection session = postgres.administrator();
                Statement statement = session.createStatement()) {
            statement.execute("SELECT pg_create_physical_replication_slot('algomat_backup', true, true)");
            statement.execute("SELECT pg_backup_start('algomat backup', fast => true)");
            tree();
            archive.text(WITHIN + CONTROL, control());
            End end = stop(statement);
            archive.text(WITHIN + "backup_label", end.label.getBytes(StandardCharsets.UTF_8));
            if (!end.tablespaces.isEmpty()) {
                archive.text(WITHIN + "tablespace_map", end.tablespaces.getBytes(StandardCharsets.UTF_8));
            }
            journal(end);
        }
    }

    private static End stop(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("""
                SELECT labelfile, coalesce(spcmapfile, '') AS tablespaces, pg_walfile_name(lsn) AS segment
                  FROM pg_backup_stop(wait_for_archive => false)
                """)) {
            row.next();
            return new End(row.getString("labelfile"), row.getString("tablespaces"), row.getString("segment"));
        }
    }

    private void tree() throws IOException {
        archive.folder("pg", postgres.cluster());
        walk(postgres.cluster());
    }

    private void walk(Path folder) throws IOException {
        String name = postgres.cluster().relativize(folder).toString();
        archive.folder(WITHIN + name, folder);
        if (EMPTIED.contains(name)) {
            if (name.equals("pg_wal")) {
                archive.folder(WITHIN + "pg_wal/archive_status", folder);
            }
            return;
        }
        List<Path> children;
        try (Stream<Path> listed = Files.list(folder)) {
            children = listed.sorted().toList();
        } catch (NoSuchFileException _) {
            return;
        }
        for (Path child : children) {
            String path = postgres.cluster().relativize(child).toString();
            if (Files.isDirectory(child)) {
                walk(child);
            } else if (!LEFT_OUT.contains(path)
                    && !temporary(child.getFileName().toString())) {
                // A table that is dropped meanwhile is dropped by the journal too.
                archive.file(WITHIN + path, child);
            }
        }
    }

    private static boolean temporary(String name) {
        return name.startsWith("pgsql_tmp") || name.startsWith("pg_internal.init");
    }

    /** Read until it reads the same twice: the server may be in the midst of writing it, and there is no journal of it. */
    private byte[] control() throws IOException {
        Path file = postgres.cluster().resolve(CONTROL);
        byte[] before = Files.readAllBytes(file);
        for (byte[] now = Files.readAllBytes(file); !Arrays.equals(before, now); now = Files.readAllBytes(file)) {
            before = now;
        }
        return before;
    }

    private void journal(End end) throws IOException {
        Matcher first = FIRST_SEGMENT.matcher(end.label);
        if (!first.find()) {
            throw new IOException("PostgreSQL's label names no journal: " + end.label);
        }
        List<Path> segments;
        try (Stream<Path> all = Files.list(postgres.cluster().resolve("pg_wal"))) {
            segments = all.filter(path -> within(path.getFileName().toString(), first.group(1), end.lastSegment))
                    .sorted()
                    .toList();
        }
        for (Path segment : segments) {
            if (!archive.file(WITHIN + "pg_wal/" + segment.getFileName(), segment)) {
                throw new IOException("The journal's " + segment.getFileName() + " went away during the backup");
            }
        }
    }

    private static boolean within(String name, String first, String last) {
        return SEGMENT.matcher(name).matches() && name.compareTo(first) >= 0 && name.compareTo(last) <= 0
                || name.endsWith(".history");
    }
}
