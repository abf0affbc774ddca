package io.algomat.catalog;

import io.algomat.accounts.Caller;
import io.algomat.platform.ErrorCode;
import io.algomat.platform.Problem;
import io.algomat.platform.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Makes a checked bundle an object, an artifact and a draft, in one transaction that {@link CollectBundles} waits for:
 * what it keeps cannot be collected before the draft refers to it.
 */
@ApplicationScoped
class KeepBundle {
    /** The advisory lock of all who keep bundles (shared) and who collects them (exclusive). */
    static final long LOCK = 0x616c676f_62756e64L;

    /**
     * @param id the new draft's
     * @param replaces the draft that it takes the place of, or null
     */
    record Kept(String id, long ownerId, @Nullable String replaces) {}

    private final Sql sql;
    private final CatalogConfig config;
    private final ObjectStore objects;
    private final Artifacts artifacts;
    private final DraftRows rows;

    KeepBundle(Sql sql, CatalogConfig config, ObjectStore objects, Artifacts artifacts, DraftRows rows) {
        this.sql = sql;
        this.config = config;
        this.objects = objects;
        this.artifacts = artifacts;
        this.rows = rows;
    }

    /** @throws Problem conflict, when the account has as many drafts open as can be */
    void requireRoom(Caller caller) {
        if (rows.open(caller.ownerId()) >= config.maxOpenDrafts()) {
            throw Problem.of(
                    ErrorCode.CONFLICT,
                    "You have " + config.maxOpenDrafts()
                            + " drafts open, as many as can be; publish one or throw one away first.");
        }
    }

    @Transactional(rollbackOn = IOException.class)
    void keep(Kept kept, Caller caller, UnpackBundle.Received bundle, Path file, Path folder) throws IOException {
        sql.list("SELECT pg_advisory_xact_lock_shared(?)", _ -> true, LOCK);
        // One after the other: uploads that come at once must not all find room for one more.
        sql.list("SELECT id FROM owner WHERE id = ? FOR NO KEY UPDATE", _ -> true, caller.ownerId());
        if (kept.replaces() != null) {
            rows.find(kept.replaces()).ifPresent(before -> rows.delete(before.id()));
        }
        requireRoom(caller);
        objects.keep(file, bundle.sha256());
        artifacts.keep(folder, bundle.sha256());
        rows.insert(kept.id(), kept.ownerId(), caller.ownerId(), bundle, config.draftLife());
    }
}
