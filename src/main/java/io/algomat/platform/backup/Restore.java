package io.algomat.platform.backup;

import io.algomat.platform.start.Console;
import io.algomat.platform.start.DataFolder;
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
import java.util.List;
import java.util.stream.Stream;

/**
 * {@code ./algomat restore FILE}: makes a data folder of a backup. Everything is unpacked and checked in a sub-folder, and
 * then moved to its place; while that folder is there, no Algomat starts on what is half restored.
 */
public final class Restore {
    private static final String SUBJECT = "Restore";

    private final DataFolder data;
    private final Console console;

    public Restore(DataFolder data, Console console) {
        this.data = data;
        this.console = console;
    }

    /** @param own the operator's own database, into which a dump goes */
    public void read(Path archive, StartConfig.Db own) throws StartFailure {
        Path fresh = data.path().resolve(DataFolder.RESTORING);
        try {
            Files.createDirectory(fresh);
            restore(archive, fresh, own);
            Files.delete(fresh);
        } catch (IOException e) {
            throw undone(new StartFailure(
                    SUBJECT, archive + " cannot be restored: " + e.getMessage() + ". Nothing was kept of it."));
        } catch (StartFailure refused) {
            throw undone(refused);
        }
    }

    private void restore(Path archive, Path fresh, StartConfig.Db own) throws IOException, StartFailure {
        try (ArchiveReader reader = new ArchiveReader(archive)) {
            BackupManifest manifest = reader.manifest();
            judge(manifest, own);
            reader.extract(fresh);
            if (manifest.kind() == BackupManifest.Kind.DUMP) {
                Path dump = fresh.resolve(PostgresClient.DUMP);
                new PostgresClient(own).restore(dump);
                Files.delete(dump);
            }
            for (Path child : children(fresh)) {
                Files.move(child, data.path().resolve(child.getFileName()));
            }
            console.ok(
                    SUBJECT,
                    "%s of %s (Algomat %s, PostgreSQL %d, schema %s)"
                            .formatted(
                                    data.path(),
                                    manifest.createdAt(),
                                    manifest.algomat(),
                                    manifest.postgres(),
                                    manifest.schema()));
        }
    }

    /** Whether this program can run what is in there. */
    private static void judge(BackupManifest manifest, StartConfig.Db own) throws StartFailure {
        if (manifest.format() != BackupManifest.FORMAT) {
            throw new StartFailure(
                    SUBJECT,
                    "This backup was written by another Algomat (" + manifest.algomat() + ", format "
                            + manifest.format() + "). Restore it with that one.");
        }
        boolean files = manifest.kind() == BackupManifest.Kind.FILES;
        if (files && manifest.postgres() != EmbeddedPostgres.MAJOR) {
            throw new StartFailure(
                    SUBJECT,
                    "This backup holds the files of a PostgreSQL " + manifest.postgres() + ", which a PostgreSQL "
                            + EmbeddedPostgres.MAJOR + " cannot read. Restore it with Algomat " + manifest.algomat()
                            + ", which wrote it; start that one, and move its database with pg_dump and pg_restore "
                            + EmbeddedPostgres.MAJOR + " to a PostgreSQL " + EmbeddedPostgres.MAJOR
                            + " of your own (docs/operating.md, Backup).");
        }
        if (files && own.url().isPresent()) {
            throw new StartFailure(
                    SUBJECT,
                    "This backup holds an embedded database. Take ALGOMAT_DB_URL away to restore it, and move it to your"
                            + " own afterwards if you wish.");
        }
        if (!files) {
            judgeOwn(manifest, own);
        }
    }

    private static void judgeOwn(BackupManifest manifest, StartConfig.Db own) throws StartFailure {
        if (own.url().isEmpty()) {
            throw new StartFailure(
                    SUBJECT,
                    "This backup holds a dump of a database of your own. Make an empty one with its two roles, and set"
                            + " ALGOMAT_DB_URL and its friends to it.");
        }
        if (!own.username().orElse("").equals(manifest.appRole())) {
            throw new StartFailure(
                    SUBJECT,
                    "The application's role was called " + manifest.appRole()
                            + " when this backup was made, and its rights"
                            + " are in it. Set ALGOMAT_DB_USERNAME to a role of that name.");
        }
        PostgresClient client = new PostgresClient(own);
        try (Connection database = client.connect();
                Statement statement = database.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')")) {
            row.next();
            if (row.getLong(1) > 0) {
                throw new StartFailure(SUBJECT, "The database of ALGOMAT_DB_URL is not empty. Name an empty one.");
            }
            if (database.getMetaData().getDatabaseMajorVersion() < manifest.postgres()) {
                throw new StartFailure(
                        SUBJECT,
                        "This backup is of a PostgreSQL " + manifest.postgres()
                                + ", and yours is older. Use PostgreSQL " + manifest.postgres() + ".");
            }
        } catch (SQLException e) {
            throw new StartFailure(SUBJECT, "The database cannot be reached: " + e.getMessage());
        }
        client.require("pg_restore", manifest.postgres());
    }

    /** Takes away what was unpacked: the folder is as it was. */
    private StartFailure undone(StartFailure failure) {
        try {
            for (Path child : children(data.path())) {
                if (!child.getFileName().toString().equals(DataFolder.LOCK)) {
                    Trees.delete(child);
                }
            }
        } catch (IOException e) {
            return new StartFailure(
                    failure.subject(), failure.getMessage() + " Empty " + data.path() + " by hand: " + e.getMessage());
        }
        return failure;
    }

    private static List<Path> children(Path folder) throws IOException {
        try (Stream<Path> children = Files.list(folder)) {
            return children.toList();
        }
    }
}
