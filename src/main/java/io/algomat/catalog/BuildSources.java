package io.algomat.catalog;

import io.algomat.accounts.Caller;
import io.algomat.platform.ErrorCode;
import io.algomat.platform.Problem;
import io.algomat.workers.Workers;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/** Zips sources and hands them in as an upload, so that there is one way to a draft and no second set of checks. */
@ApplicationScoped
public class BuildSources {
    /** Equal files give equal bytes; the oldest day that a zip knows. */
    private static final LocalDateTime ONE_AGE = LocalDateTime.of(1980, 1, 1, 0, 0);

    private final SourceRows rows;
    private final DraftRows drafts;
    private final ObjectStore objects;
    private final Artifacts artifacts;
    private final ReceiveBundle receive;
    private final Workers workers;

    public BuildSources(
            SourceRows rows,
            DraftRows drafts,
            ObjectStore objects,
            Artifacts artifacts,
            ReceiveBundle receive,
            Workers workers) {
        this.rows = rows;
        this.drafts = drafts;
        this.objects = objects;
        this.artifacts = artifacts;
        this.receive = receive;
        this.workers = workers;
    }

    /**
     * Makes a draft of the sources as they are and begins its test. The draft before is thrown away with the same step,
     * unless it was published.
     *
     * @throws Problem not-found, conflict while the draft before is still tested, and all that an upload is refused for
     */
    public void build(String id, Caller caller) {
        SourceRows.Source source = Sources.mine(rows.find(id), id, caller);
        String before = replaced(source);
        try {
            Path zip = objects.newFile();
            try {
                pack(source, zip);
                try (InputStream in = new BufferedInputStream(Files.newInputStream(zip))) {
                    rows.built(id, source.change(), receive.receive(in, caller, before));
                }
            } finally {
                Files.deleteIfExists(zip);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (before != null) {
            workers.drain(before);
        }
    }

    private @Nullable String replaced(SourceRows.Source source) {
        if (source.draft() == null) {
            return null;
        }
        DraftView.State state =
                drafts.find(source.draft()).map(DraftRows.Draft::state).orElse(DraftView.State.PUBLISHED);
        if (state == DraftView.State.RECEIVED || state == DraftView.State.TESTING) {
            throw Problem.of(
                    ErrorCode.CONFLICT,
                    "The build before this one is still running; what you typed is saved. Build again when it has ended.");
        }
        return state == DraftView.State.PUBLISHED ? null : source.draft();
    }

    private void pack(SourceRows.Source source, Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (SourceView.File one : rows.files(source.id())) {
                ZipEntry entry = new ZipEntry(one.path());
                entry.setTimeLocal(ONE_AGE);
                zip.putNextEntry(entry);
                try (InputStream content =
                        open(rows.content(source.id(), one.path()).orElseThrow())) {
                    content.transferTo(zip);
                }
                zip.closeEntry();
            }
        }
    }

    private InputStream open(SourceRows.Content content) throws IOException {
        return switch (content) {
            case SourceRows.Content.Own own -> new ByteArrayInputStream(own.bytes());
            case SourceRows.Content.InBundle there ->
                Files.newInputStream(artifacts.folder(there.sha256()).resolve(there.path()));
        };
    }
}
