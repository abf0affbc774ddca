package io.algomat.platform.backup;

import io.algomat.platform.start.Console;
import io.algomat.platform.start.EmbeddedPostgres;
import io.algomat.platform.start.StartConfig;
import io.algomat.platform.start.StartFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;

/** {@code ./algomat backup FILE}: all that an Algomat is, in one file, while it runs. */
public final class Backup {
    static final String SUBJECT = "Backup";
    private static final String MIGRATED = "SELECT to_regclass('flyway_schema_history') IS NOT NULL";
    private static final String SCHEMA =
            "SELECT version FROM flyway_schema_history WHERE version IS NOT NULL ORDER BY installed_rank DESC LIMIT 1";

    private final Path data;
    private final Console console;

    public Backup(Path data, Console console) {
        this.data = data;
        this.console = console;
    }

    /**
     * @param target the file, which must not be there yet
     * @param own the operator's own database; empty settings mean the embedded one, which must run
     */
    public void write(Path target, StartConfig.Db own) throws StartFailure {
        Path file = target.toAbsolutePath().normalize();
        if (Files.exists(file)) {
            throw new StartFailure(SUBJECT, file + " is there already. Give another name, or take it away.");
        }
        if (!Files.isDirectory(Objects.requireNonNull(file.getParent()))) {
            throw new StartFailure(SUBJECT, "There is no folder " + file.getParent() + ".");
        }
        try (ArchiveWriter archive = new ArchiveWriter(file)) {
            DataFiles files = new DataFiles(data, archive);
            BackupManifest manifest = own.url().isPresent() ? dump(own, files, archive) : copy(files, archive);
            files.pass();
            archive.finish();
            console.ok(
                    SUBJECT,
                    "%s: %d files, %.1f MB packed to %.1f MB; PostgreSQL %d, schema %s"
                            .formatted(
                                    file,
                                    archive.files(),
                                    archive.bytes() / 1e6,
                                    Files.size(file) / 1e6,
                                    manifest.postgres(),
                                    manifest.schema()));
        } catch (IOException | SQLException e) {
            throw new StartFailure(SUBJECT, "It broke off, and nothing was kept of it: " + e.getMessage());
        }
    }

    private BackupManifest copy(DataFiles files, ArchiveWriter archive) throws IOException, SQLException {
        EmbeddedPostgres postgres = new EmbeddedPostgres(data);
        BackupManifest manifest;
        try (Connection database = postgres.administrator()) {
            manifest = manifest(database, BackupManifest.Kind.FILES, EmbeddedPostgres.APP);
        }
        archive.text(BackupManifest.ENTRY, manifest.json());
        files.pass();
        new ClusterCopy(postgres, archive).copy();
        return manifest;
    }

    private BackupManifest dump(StartConfig.Db own, DataFiles files, ArchiveWriter archive)
            throws IOException, SQLException, StartFailure {
        PostgresClient client = new PostgresClient(own);
        BackupManifest manifest;
        try (Connection database = client.connect()) {
            manifest =
                    manifest(database, BackupManifest.Kind.DUMP, own.username().orElseThrow());
        }
        client.require("pg_dump", manifest.postgres());
        archive.text(BackupManifest.ENTRY, manifest.json());
        files.pass();
        client.dump(archive);
        return manifest;
    }

    private static BackupManifest manifest(Connection database, BackupManifest.Kind kind, String appRole)
            throws SQLException {
        String version = Backup.class.getPackage().getImplementationVersion();
        return new BackupManifest(
                BackupManifest.FORMAT,
                version == null ? "unknown" : version,
                Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
                kind,
                database.getMetaData().getDatabaseMajorVersion(),
                ask(database, MIGRATED).equals("t") ? ask(database, SCHEMA) : "none",
                appRole);
    }

    private static String ask(Connection database, String question) throws SQLException {
        try (Statement statement = database.createStatement();
                ResultSet row = statement.executeQuery(question)) {
            row.next();
            return row.getString(1);
        }
    }
}
