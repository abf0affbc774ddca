package io.algomat.catalog;

import io.algomat.accounts.Caller;
import io.algomat.platform.ErrorCode;
import io.algomat.platform.Problem;
import io.algomat.platform.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import org.jspecify.annotations.Nullable;

/** Advises callers against a version, or takes the advice back. The version goes on answering. */
@ApplicationScoped
public class DeprecateVersion {
    private static final int LONGEST_NOTE = 500;
    private static final String MARK = """
            UPDATE version SET deprecated_at = CASE WHEN ? THEN coalesce(deprecated_at, now()) END, deprecation_note = ?
            WHERE algorithm_id = ? AND major = ? AND minor = ? AND patch = ?
            """;

    private final Sql sql;
    private final OwnAlgorithm own;

    public DeprecateVersion(Sql sql, OwnAlgorithm own) {
        this.sql = sql;
        this.own = own;
    }

    /** @param note what callers should use instead, and why; shown with the version */
    @Transactional
    public void deprecate(String owner, String name, String version, String note, Caller caller) {
        if (note.isBlank() || note.length() > LONGEST_NOTE) {
            throw Problem.invalid(
                    "note",
                    "Say what to use instead, in at most " + LONGEST_NOTE + " characters; callers will read it");
        }
        mark(owner, name, version, true, note.strip(), caller);
    }

    @Transactional
    public void undeprecate(String owner, String name, String version, Caller caller) {
        mark(owner, name, version, false, null, caller);
    }

    private void mark(
            String owner, String name, String version, boolean deprecated, @Nullable String note, Caller caller) {
        OwnAlgorithm.Found algorithm = own.of(caller, owner, name);
        VersionNumber number = number(version);
        int marked = sql.update(MARK, deprecated, note, algorithm.id(), number.major(), number.minor(), number.patch());
        if (marked == 0) {
            throw unknown(version);
        }
        own.changed(algorithm);
    }

    private static VersionNumber number(String version) {
        try {
            return VersionNumber.parse(version);
        } catch (IllegalArgumentException e) {
            throw unknown(version);
        }
    }

    private static Problem unknown(String version) {
        return Problem.of(ErrorCode.NOT_FOUND, "There is no version " + EntryNames.shown(version));
    }
}
