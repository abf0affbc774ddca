package io.algomat.catalog;

import io.algomat.accounts.Caller;
import io.algomat.platform.ErrorCode;
import io.algomat.platform.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The sources that a caller and its organisations type in the browser. */
@ApplicationScoped
public class Sources {
    /** Sources in a list. */
    public record Line(String id, String name, Instant updatedAt) {}

    private final SourceRows rows;

    public Sources(SourceRows rows) {
        this.rows = rows;
    }

    /** Newest change first. */
    public List<Line> of(Caller caller) {
        return rows.ofOwners(caller.owners()).stream()
                .map(source -> new Line(source.publicId(), source.name(), source.updatedAt()))
                .toList();
    }

    /** @throws Problem not-found, also for a stranger's sources */
    public SourceView view(String id, Caller caller) {
        return view(mine(rows.find(id), id, caller));
    }

    /** The sources that a draft was built of; empty for an uploaded one. */
    public Optional<String> ofDraft(String draft) {
        return rows.ofDraft(draft);
    }

    /** What a file of text holds; empty when there is none of this path, or it is no text. */
    public Optional<String> text(String id, String path, Caller caller) {
        SourceRows.Source source = mine(rows.find(id), id, caller);
        return rows.content(source.id(), path).flatMap(content -> switch (content) {
            case SourceRows.Content.Own own
            when own.text() -> Optional.of(new String(own.bytes(), StandardCharsets.UTF_8));
            default -> Optional.empty();
        });
    }

    /** Throws sources away with all their files; drafts and versions made of them stay. */
    @Transactional
    public void discard(String id, Caller caller) {
        rows.delete(mine(rows.lock(id), id, caller).id());
    }

    private SourceView view(SourceRows.Source source) {
        return new SourceView(
                source.publicId(),
                source.name(),
                source.change() != source.builtChange(),
                source.draft(),
                rows.files(source.id()),
                source.updatedAt());
    }

    static SourceRows.Source mine(Optional<SourceRows.Source> source, String id, Caller caller) {
        return source.filter(found -> caller.actsFor(found.ownerId()))
                .orElseThrow(() -> Problem.of(
                        ErrorCode.NOT_FOUND, "There are no sources '" + EntryNames.shown(id) + "' of yours."));
    }
}
