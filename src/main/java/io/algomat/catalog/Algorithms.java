package io.algomat.catalog;

import io.algomat.accounts.Caller;
import io.algomat.platform.ErrorCode;
import io.algomat.platform.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The read face for pages and the API: one algorithm as one reader may see it. */
@ApplicationScoped
public class Algorithms {
    private final AlgorithmRows rows;

    public Algorithms(AlgorithmRows rows) {
        this.rows = rows;
    }

    /** The page of an algorithm at its newest public version, or at the newest private one for members when it has no other. */
    public AlgorithmView view(String owner, String name, @Nullable Caller caller) {
        return view(owner, name, null, caller);
    }

    /**
     * @param version an exact version, or null for the newest
     * @throws Problem not-found, also for what this reader may not see
     */
    public AlgorithmView view(String owner, String name, @Nullable String version, @Nullable Caller caller) {
        AlgorithmRows.Head head = rows.head(owner, name).orElseThrow(() -> unknown(owner, name));
        boolean mine = caller != null && caller.actsFor(head.ownerId());
        boolean administrator = caller != null && caller.administrator();
        if (head.takenDownReason() != null && !mine && !administrator) {
            throw unknown(owner, name);
        }
        List<AlgorithmView.VersionView> versions = rows.versions(head.algorithmId()).stream()
                .filter(line -> mine || administrator || line.isPublic())
                .toList();
        AlgorithmView.VersionView shown = pick(versions, version).orElseThrow(() -> unknown(owner, name));
        return new AlgorithmView(
                head.algorithmId(),
                head.ownerId(),
                head.owner(),
                head.ownerTitle(),
                head.name(),
                head.title(),
                head.tagLine(),
                ReadmeHtml.render(head.readme()),
                head.licence(),
                head.categories(),
                head.tags(),
                head.unlisted(),
                head.takenDownReason(),
                mine,
                head.createdAt(),
                head.updatedAt(),
                versions,
                rows.shown(shown));
    }

    /** An algorithm in its publisher's or the administrator's list. */
    public record Line(
            long algorithmId,
            String owner,
            String name,
            String title,
            String newest,
            int versions,
            boolean unlisted,
            @Nullable String takenDownReason,
            long calls) {}

    /** What this caller and its organisations have published, newest change first. */
    public List<Line> of(Caller caller) {
        return rows.lines(caller);
    }

    /** Every algorithm, for the administrator. @param text part of owner or name, or empty for all */
    public List<Line> all(String text) {
        return rows.lines(text);
    }

    private static Optional<AlgorithmView.VersionView> pick(
            List<AlgorithmView.VersionView> versions, @Nullable String wanted) {
        if (wanted != null) {
            return versions.stream().filter(v -> v.version().equals(wanted)).findFirst();
        }
        return versions.stream()
                .filter(line -> line.isPublic() && line.announced() == null)
                .findFirst()
                .or(() -> versions.stream()
                        .filter(AlgorithmView.VersionView::isPublic)
                        .findFirst())
                .or(() -> versions.stream().findFirst());
    }

    private static Problem unknown(String owner, String name) {
        return Problem.of(ErrorCode.NOT_FOUND, "There is no algorithm " + owner + "/" + name);
    }
}
