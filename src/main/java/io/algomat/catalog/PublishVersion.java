package io.algomat.catalog;

import io.algomat.accounts.Audit;
import io.algomat.accounts.Caller;
import io.algomat.accounts.Owners;
import io.algomat.platform.Credits;
import io.algomat.platform.ErrorCode;
import io.algomat.platform.Price;
import io.algomat.platform.PricingConfig;
import io.algomat.platform.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes a tested draft a version that never changes again: all of it in one transaction, or nothing. */
@ApplicationScoped
public class PublishVersion {
    /** @param version such as {@code 1.0.0} */
    public record Published(long algorithmId, String owner, String name, String version) {}

    private final DraftRows drafts;
    private final Manifests manifests;
    private final VersionRows versions;
    private final Artifacts artifacts;
    private final Owners owners;
    private final PricingConfig pricing;
    private final CatalogConfig config;
    private final Audit audit;
    private final Clock clock;
    private final Event<CatalogChanged> changed;

    public PublishVersion(
            DraftRows drafts,
            Manifests manifests,
            VersionRows versions,
            Artifacts artifacts,
            Owners owners,
            PricingConfig pricing,
            CatalogConfig config,
            Audit audit,
            Clock clock,
            Event<CatalogChanged> changed) {
        this.drafts = drafts;
        this.manifests = manifests;
        this.versions = versions;
        this.artifacts = artifacts;
        this.owners = owners;
        this.pricing = pricing;
        this.config = config;
        this.audit = audit;
        this.clock = clock;
        this.changed = changed;
    }

    /** What each step would lead to, for a form. */
    public List<Offer> offers(String draftId, Caller caller) {
        DraftRows.Draft draft = mine(drafts.find(draftId), draftId, caller);
        Manifest manifest = manifests.of(draft.sha256());
        Optional<VersionRows.Newest> newest = versions.newest(draft.ownerId(), manifest.name());
        return Arrays.stream(Step.values())
                .map(step -> offer(step, manifest.device(), newest))
                .toList();
    }

    /** @throws Problem not-found, conflict when the draft is not ready, forbidden, or invalid by the rules of prices */
    @Transactional
    public Published publish(String draftId, Publication wanted, Caller caller) {
        DraftRows.Draft draft = mine(drafts.lock(draftId), draftId, caller);
        requireReady(draft, caller);
        Manifest manifest = manifests.of(draft.sha256());
        long algorithm = versions.lockAlgorithm(draft.ownerId(), manifest);
        Optional<VersionRows.Newest> newest = versions.newest(draft.ownerId(), manifest.name());
        Offer offer = offer(wanted.step(), manifest.device(), newest);
        Credits royalty = royalty(wanted, offer, manifest);
        offer.requireAllowed(royalty, manifest.unit());
        requireSameDevice(wanted.step(), manifest.device(), newest);
        requireShort(wanted.releaseNotes());
        Price price = offer.price(royalty, manifest.unit());
        long version = versions.insert(
                algorithm,
                draft,
                manifest,
                offer.number(),
                price,
                wanted,
                wanted.visibility() == Visibility.PUBLIC ? newestFrom(draft.ownerId(), manifest.name(), price) : null,
                caller.ownerId());
        versions.insertSamples(version, draft, manifest, new BundleFiles(artifacts.folder(draft.sha256())));
        if (wanted.visibility() == Visibility.PUBLIC || newest.isEmpty()) {
            versions.setTexts(algorithm, manifest);
        }
        drafts.published(draft.id(), version);
        audit.record(
                caller,
                "version.publish",
                "algorithm:" + manifest.owner() + "/" + manifest.name(),
                null,
                new Audit.Change(
                        newest.map(before -> before.number().toString()).orElse(null),
                        offer.number() + ", bundle " + draft.sha256()));
        changed.fire(new CatalogChanged(algorithm, manifest.owner(), manifest.name()));
        return new Published(
                algorithm, manifest.owner(), manifest.name(), offer.number().toString());
    }

    private static DraftRows.Draft mine(Optional<DraftRows.Draft> draft, String id, Caller caller) {
        return draft.filter(found -> caller.actsFor(found.ownerId())).orElseThrow(() -> Drafts.unknown(id));
    }

    private void requireReady(DraftRows.Draft draft, Caller caller) {
        if (!owners.mayPublish(caller)) {
            throw Problem.of(ErrorCode.FORBIDDEN, "Your account may not publish on this site.");
        }
        String reason = switch (draft.state()) {
            case READY -> "";
            case RECEIVED, TESTING -> "The draft is still being tested; publish it when its samples have passed.";
            case FAILED -> "The draft's samples did not pass; mend the bundle and upload it again.";
            case PUBLISHED -> "The draft is already published, as version " + draft.publishedVersion() + ".";
        };
        if (!reason.isEmpty()) {
            throw Problem.of(ErrorCode.CONFLICT, reason)
                    .with("state", draft.state().wire());
        }
    }

    private Offer offer(Step step, String device, Optional<VersionRows.Newest> newest) {
        Price site = new Price(Credits.ZERO, pricing.ratePerMs(device), pricing.takeBps());
        VersionNumber before = newest.map(VersionRows.Newest::number).orElse(VersionNumber.NONE);
        return new Offer(
                step, before.next(step), newest.map(VersionRows.Newest::price).orElse(null), site);
    }

    /** Null for at once; a raise waits, so that callers who name no version learn of it before they pay it. */
    private @Nullable Instant newestFrom(long owner, String name, Price price) {
        return versions.current(owner, name).filter(price::above).isPresent()
                ? clock.instant().plus(config.raiseNotice())
                : null;
    }

    private static Credits royalty(Publication wanted, Offer offer, Manifest manifest) {
        if (wanted.royalty() != null) {
            return wanted.royalty();
        }
        return offer.keepsPrice() ? offer.price(Credits.ZERO, null).royalty() : manifest.royalty();
    }

    /** The compute rate is the device's, and a revision costs what the version before it costs. */
    private static void requireSameDevice(Step step, String device, Optional<VersionRows.Newest> newest) {
        String before = newest.map(VersionRows.Newest::device).orElse(device);
        if (step == Step.REVISION && !before.equals(device)) {
            throw Problem.invalid(
                    "step",
                    "A revision stays on the device of the version before it, " + before
                            + "; choose a minor or major step to move to " + device);
        }
    }

    private static void requireShort(String releaseNotes) {
        if (releaseNotes.length() > Publication.LONGEST_NOTES) {
            throw Problem.invalid(
                    "notes",
                    "The release notes are too long; expected at most " + Publication.LONGEST_NOTES + " characters");
        }
    }
}
