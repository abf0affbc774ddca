package io.algomat.platform.backup;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;

/**
 * What a backup is of; its first entry.
 *
 * @param format of the archive itself; a reader refuses one that it does not know
 * @param algomat the version of the program that wrote it
 * @param createdAt when, ISO 8601
 * @param kind how the database is in it
 * @param postgres PostgreSQL's major version
 * @param schema the number of the last migration
 * @param appRole the application's role, which a dump's grants name
 */
record BackupManifest(
        int format, String algomat, String createdAt, Kind kind, int postgres, String schema, String appRole) {
    static final String ENTRY = "manifest.json";
    static final int FORMAT = 1;

    enum Kind {
        /** The files of the embedded database, which run as they are. */
        FILES,
        /** pg_dump's of a database of the operator's own. */
        DUMP
    }

    byte[] json() throws IOException {
        return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(this);
    }

    static BackupManifest of(byte[] json) throws IOException {
        return new ObjectMapper().readValue(json, BackupManifest.class);
    }
}
