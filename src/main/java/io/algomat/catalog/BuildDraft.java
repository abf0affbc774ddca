package io.algomat.catalog;

import io.algomat.catalog.DraftView.Level;
import io.algomat.platform.Sql;
import io.algomat.workers.BuildFailed;
import io.algomat.workers.RunBuild;
import io.algomat.workers.Runtime;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.util.HexFormat;
import java.util.Locale;
import org.jboss.logging.Logger;

/**
 * The step between upload and test: what code depends on is installed and frozen by its content, so that equal trees are
 * kept once and a version runs on the same bytes for ever.
 */
@ApplicationScoped
class BuildDraft {
    private static final Logger LOG = Logger.getLogger(BuildDraft.class);

    private final DraftRows rows;
    private final Artifacts artifacts;
    private final ObjectStore objects;
    private final RunBuild build;
    private final KeepDependencies keep;

    BuildDraft(DraftRows rows, Artifacts artifacts, ObjectStore objects, RunBuild build, KeepDependencies keep) {
        this.rows = rows;
        this.artifacts = artifacts;
        this.objects = objects;
        this.build = build;
        this.keep = keep;
    }

    /**
     * Blocks until it is built; each line of the build goes to the draft's log.
     *
     * @return the draft with its dependencies
     * @throws BuildFailed with the reason for the publisher
     */
    DraftRows.Draft build(DraftRows.Draft draft, Program program) throws BuildFailed {
        if (!program.code()) {
            return draft;
        }
        Runtime runtime = Runtime.valueOf(program.runtime().toUpperCase(Locale.ROOT));
        Path bundle = artifacts.folder(draft.sha256());
        if (!build.needed(runtime, bundle)) {
            return draft;
        }
        long begin = System.nanoTime();
        try {
            Path result = artifacts.newFolder();
            try {
                build.run(
                        new RunBuild.Job(runtime, program.options(), bundle, result),
                        line -> rows.log(draft.id(), Level.INFO, line));
                return frozen(draft, result, begin);
            } finally {
                Artifacts.delete(result);
            }
        } catch (IOException | UncheckedIOException e) {
            LOG.errorf(e, "The build of %s broke off", draft.publicId());
            throw new BuildFailed("The build broke off by a fault of the platform; try it again");
        }
    }

    private DraftRows.Draft frozen(DraftRows.Draft draft, Path result, long begin) throws IOException, BuildFailed {
        FreezeTree.Frozen frozen = FreezeTree.freeze(result);
        if (frozen.files() == 0) {
            rows.log(draft.id(), Level.GOOD, "Built; there was nothing to keep");
            return draft;
        }
        Path zip = objects.newFile();
        try {
            String sha256;
            try (DigestOutputStream out = new DigestOutputStream(Files.newOutputStream(zip), UnpackBundle.sha256())) {
                PackFolder.pack(result, out);
                sha256 = HexFormat.of().formatHex(out.getMessageDigest().digest());
            }
            keep.keep(draft.id(), zip, result, sha256, frozen.bytes());
            rows.log(
                    draft.id(),
                    Level.GOOD,
                    String.format(
                            Locale.ROOT,
                            "Built in %.1f s; %d files of %s are frozen as %s",
                            (System.nanoTime() - begin) / 1e9,
                            frozen.files(),
                            Sizes.text(frozen.bytes()),
                            sha256.substring(0, 12)));
            return draft.with(sha256, frozen.bytes());
        } finally {
            Files.deleteIfExists(zip);
        }
    }

    /** In a transaction that {@link CollectBundles} waits for, as {@link KeepBundle} does. */
    @ApplicationScoped
    static class KeepDependencies {
        private final Sql sql;
        private final ObjectStore objects;
        private final Artifacts artifacts;
        private final DraftRows rows;

        KeepDependencies(Sql sql, ObjectStore objects, Artifacts artifacts, DraftRows rows) {
            this.sql = sql;
            this.objects = objects;
            this.artifacts = artifacts;
            this.rows = rows;
        }

        @Transactional(rollbackOn = IOException.class)
        void keep(long draft, Path zip, Path folder, String sha256, long bytes) throws IOException {
            sql.list("SELECT pg_advisory_xact_lock_shared(?)", _ -> true, KeepBundle.LOCK);
            objects.keep(zip, sha256);
            artifacts.keep(folder, sha256);
            rows.built(draft, sha256, bytes);
        }
    }
}
