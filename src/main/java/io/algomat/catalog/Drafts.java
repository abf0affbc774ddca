package io.algomat.catalog;

import io.algomat.accounts.Caller;
import io.algomat.platform.ErrorCode;
import io.algomat.platform.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;

/** The drafts of a caller and its organisations. */
@ApplicationScoped
public class Drafts {
    /** A draft in a list: without its log and what its samples answered, which may be large. */
    public record Waiting(
            String id,
            DraftView.State state,
            String algorithm,
            String title,
            long bundleBytes,
            Instant createdAt,
            Instant expiresAt) {}

    private final DraftRows rows;
    private final Manifests manifests;

    public Drafts(DraftRows rows, Manifests manifests) {
        this.rows = rows;
        this.manifests = manifests;
    }

    /** @throws Problem not-found, also for a stranger's draft */
    public DraftView view(String id, Caller caller) {
        return view(
                rows.find(id).filter(draft -> caller.actsFor(draft.ownerId())).orElseThrow(() -> unknown(id)));
    }

    /** What waits to be published or thrown away, newest first. */
    public List<Waiting> of(Caller caller) {
        return rows.ofOwners(caller.owners()).stream().map(this::waiting).toList();
    }

    /** Throws a draft away; its bundle is collected when nothing else needs it. */
    @Transactional
    public void discard(String id, Caller caller) {
        DraftRows.Draft draft =
                rows.lock(id).filter(found -> caller.actsFor(found.ownerId())).orElseThrow(() -> unknown(id));
        if (!rows.delete(draft.id())) {
            throw Problem.of(ErrorCode.CONFLICT, "This draft was published; its version stays.");
        }
    }

    private Waiting waiting(DraftRows.Draft draft) {
        Manifest manifest = manifests.of(draft.sha256());
        return new Waiting(
                draft.publicId(),
                draft.state(),
                manifest.path(),
                manifest.title(),
                draft.bytes(),
                draft.createdAt(),
                draft.expiresAt());
    }

    private DraftView view(DraftRows.Draft draft) {
        Manifest manifest = manifests.of(draft.sha256());
        return new DraftView(
                draft.publicId(),
                draft.ownerId(),
                draft.state(),
                manifest,
                draft.bytes(),
                draft.createdAt(),
                draft.expiresAt(),
                rows.log(draft.id()),
                rows.samples(draft.id(), manifest.samples()),
                draft.publishedVersion());
    }

    static Problem unknown(String id) {
        return Problem.of(ErrorCode.NOT_FOUND, "There is no draft '" + EntryNames.shown(id) + "', or it has expired.");
    }
}
