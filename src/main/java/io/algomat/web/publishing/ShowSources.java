package io.algomat.web.publishing;

import io.algomat.accounts.Caller;
import io.algomat.catalog.DraftView;
import io.algomat.catalog.Drafts;
import io.algomat.catalog.PublishVersion;
import io.algomat.catalog.SourceView;
import io.algomat.catalog.Sources;
import io.algomat.platform.Problem;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Gathers what the editor shows: the files, the open one's text, and the draft that was built of them. */
@Singleton
class ShowSources {
    private final Sources sources;
    private final Drafts drafts;
    private final PublishVersion publish;

    ShowSources(Sources sources, Drafts drafts, PublishVersion publish) {
        this.sources = sources;
        this.drafts = drafts;
        this.publish = publish;
    }

    /** @param file the one to open; the first of the source folder when it is not there */
    SourceShown fresh(String id, @Nullable String file, Caller caller) {
        return shown(id, file, null, "", caller);
    }

    SourceShown notBuilt(String id, String file, Problem refused, Caller caller) {
        return shown(id, file, refused, "", caller);
    }

    SourceShown refused(String id, String file, Problem refused, Caller caller) {
        return shown(id, file, null, refused.detail(), caller);
    }

    /** With what was typed, which could not be saved. */
    SourceShown unsaved(String id, String file, String typed, long change, Problem refused, Caller caller) {
        SourceView source = sources.view(id, caller);
        SourceView.File open = source.file(file).orElse(null);
        return new SourceShown(
                source,
                open,
                typed,
                change,
                refused,
                "",
                null,
                tested(source, caller).orElse(null),
                Set.of());
    }

    private SourceShown shown(
            String id, @Nullable String file, @Nullable Problem notBuilt, String wrong, Caller caller) {
        SourceView source = sources.view(id, caller);
        SourceView.File open = open(source, file);
        String text = open == null ? "" : sources.text(id, open.path(), caller).orElse("");
        DraftShown tested = tested(source, caller).orElse(null);
        Set<Integer> faults = open == null
                ? Set.of()
                : new Places(source).lines(open.path(), notBuilt == null ? said(source, tested) : places(notBuilt));
        return new SourceShown(
                source, open, text, open == null ? 0 : open.change(), null, wrong, notBuilt, tested, faults);
    }

    private static SourceView.@Nullable File open(SourceView source, @Nullable String file) {
        return Optional.ofNullable(file)
                .flatMap(source::file)
                .or(() -> source.files().stream()
                        .filter(each -> each.text() && each.path().startsWith("src/"))
                        .findFirst())
                .or(() -> source.files().stream().findFirst())
                .orElse(null);
    }

    private Optional<DraftShown> tested(SourceView source, Caller caller) {
        if (source.draft() == null) {
            return Optional.empty();
        }
        DraftView draft = drafts.view(source.draft(), caller);
        return Optional.of(DraftShown.fresh(draft, publish.offers(draft.id(), caller), new Places(source)));
    }

    private static List<String> places(Problem refused) {
        return refused.errors().stream().map(Problem.FieldError::where).toList();
    }

    /** What the last build said of its faults, as long as it is of these files. */
    private static List<String> said(SourceView source, @Nullable DraftShown tested) {
        if (tested == null || source.changed() || tested.draft().state() != DraftView.State.FAILED) {
            return List.of();
        }
        List<String> said = new ArrayList<>();
        tested.draft().log().forEach(line -> said.add(line.text()));
        tested.draft().samples().forEach(run -> said.add(run.stacktrace()));
        return said;
    }
}
