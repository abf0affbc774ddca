package io.algomat.catalog;

import io.algomat.accounts.Caller;
import io.algomat.platform.ErrorCode;
import io.algomat.platform.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Changes files of sources, one change after the other. Whoever changes a file says which state of it was read. */
@ApplicationScoped
public class EditSources {
    private final SourceRows rows;
    private final SourceLimits limits;

    public EditSources(SourceRows rows, SourceLimits limits) {
        this.rows = rows;
        this.limits = limits;
    }

    /**
     * @param change the state of the file that the text was made from
     * @return the file's new state; the same as before when the text is
     * @throws Problem not-found; conflict when the file was changed elsewhere meanwhile; too-large; nothing is saved then
     */
    @Transactional
    public long save(String id, String path, long change, String text, Caller caller) {
        SourceRows.Source source = Sources.mine(rows.lock(id), id, caller);
        List<SourceView.File> files = rows.files(source.id());
        requireUnchanged(file(files, path), change);
        byte[] bytes = limits.text(path, text);
        limits.requireFits(files, path, bytes.length);
        if (rows.content(source.id(), path).orElseThrow() instanceof SourceRows.Content.Own own
                && new String(own.bytes(), StandardCharsets.UTF_8).equals(text)) {
            return change;
        }
        long now = rows.change(source.id());
        rows.write(source.id(), path, now, new SourceRows.Content.Own(bytes, true));
        return now;
    }

    /** Adds an empty file of text. */
    @Transactional
    public void add(String id, String path, Caller caller) {
        put(Sources.mine(rows.lock(id), id, caller), path, new byte[0]);
    }

    /** Adds a file as it is; what is UTF-8 and not too long can be edited. */
    @Transactional
    public void upload(String id, String path, InputStream content, Caller caller) throws IOException {
        SourceRows.Source source = Sources.mine(rows.lock(id), id, caller);
        put(source, path, content.readNBytes(limits.largestFile() + 1));
    }

    private void put(SourceRows.Source source, String path, byte[] bytes) {
        List<SourceView.File> files = rows.files(source.id());
        requireFree(files, path);
        limits.requireFits(files, path, bytes.length);
        SourceRows.Content.Own content = new SourceRows.Content.Own(bytes, limits.isText(bytes));
        rows.write(source.id(), path, rows.change(source.id()), content);
    }

    /** @throws Problem conflict when the file was changed elsewhere meanwhile, invalid for a name that cannot be */
    @Transactional
    public void rename(String id, String path, long change, String newPath, Caller caller) {
        SourceRows.Source source = Sources.mine(rows.lock(id), id, caller);
        List<SourceView.File> files = rows.files(source.id());
        requireUnchanged(file(files, path), change);
        requireFree(files.stream().filter(file -> !file.path().equals(path)).toList(), newPath);
        rows.rename(source.id(), path, newPath, rows.change(source.id()));
    }

    @Transactional
    public void remove(String id, String path, long change, Caller caller) {
        SourceRows.Source source = Sources.mine(rows.lock(id), id, caller);
        requireUnchanged(file(rows.files(source.id()), path), change);
        rows.change(source.id());
        rows.remove(source.id(), path);
    }

    private static SourceView.File file(List<SourceView.File> files, String path) {
        return files.stream()
                .filter(file -> file.path().equals(path))
                .findFirst()
                .orElseThrow(() -> Problem.of(
                        ErrorCode.CONFLICT,
                        "There is no file '" + EntryNames.shown(path)
                                + "' any more: it was renamed or deleted in another window. Nothing was changed."));
    }

    private static void requireUnchanged(SourceView.File file, long change) {
        if (file.change() != change) {
            throw Problem.of(
                            ErrorCode.CONFLICT,
                            "'" + EntryNames.shown(file.path())
                                    + "' was changed in another window meanwhile. Nothing was overwritten.")
                    .with("change", file.change());
        }
    }

    /** By the rules of a bundle's entries, so that a name is refused here and not by the build. */
    private static void requireFree(List<SourceView.File> files, String path) {
        try {
            EntryNames names = new EntryNames();
            files.forEach(file -> names.accept(file.path().getBytes(StandardCharsets.UTF_8)));
            if (path.isBlank() || path.endsWith("/")) {
                throw Problem.invalid("path", "The name is missing; expected a path such as src/hello.py");
            }
            names.accept(path.getBytes(StandardCharsets.UTF_8));
        } catch (Problem wrong) {
            throw Problem.invalid("path", wrong.detail());
        }
    }
}
