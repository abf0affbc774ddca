package io.algomat.web.publishing;

import io.algomat.catalog.DraftView;
import io.algomat.catalog.Offer;
import io.algomat.catalog.Step;
import io.algomat.platform.Credits;
import io.algomat.platform.Price;
import io.algomat.platform.Problem;
import io.algomat.platform.UnitPrice;
import io.algomat.web.Format;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A draft with the form that publishes it.
 *
 * @param royalty as the publisher typed it
 * @param errors by field, when the form comes back
 * @param places of the sources that it was built of
 */
public record DraftShown(
        DraftView draft,
        List<Offer> offers,
        Step step,
        String visibility,
        String royalty,
        String notes,
        Map<String, String> errors,
        List<SampleShown> samples,
        Places places) {

    /** What a sample answered, for reading. */
    public record SampleShown(DraftView.SampleRun run, String answer) {}

    private static final int LONGEST_ANSWER = 1500;

    /** With what most would choose: 1.0.0 for the first version, else a minor step at the price before. */
    static DraftShown fresh(DraftView draft, List<Offer> offers, Places places) {
        Price before = offers.getFirst().before();
        boolean first = before == null;
        Credits royalty = before == null ? draft.manifest().royalty() : before.royalty();
        return of(draft, offers, first ? Step.MAJOR : Step.MINOR, "public", royalty.toString(), "", Map.of(), places);
    }

    static DraftShown of(
            DraftView draft,
            List<Offer> offers,
            Step step,
            String visibility,
            String royalty,
            String notes,
            Map<String, String> errors,
            Places places) {
        List<SampleShown> samples = draft.samples().stream()
                .map(run -> new SampleShown(run, answer(run)))
                .toList();
        return new DraftShown(draft, offers, step, visibility, royalty, notes, errors, samples, places);
    }

    private static String answer(DraftView.SampleRun run) {
        String text = switch (run.output().kind()) {
            case TEXT, JSON -> run.output().utf8();
            case BINARY -> run.output().size() + " bytes";
            case VOID -> "";
        };
        return text.length() <= LONGEST_ANSWER ? text : text.substring(0, LONGEST_ANSWER) + " …";
    }

    public String base() {
        return "/publish/drafts/" + draft.id();
    }

    /** The whole log. */
    public LogShown log() {
        return LogShown.after(0, this);
    }

    /** What a try begins with. */
    public FirstInput first() {
        return FirstInput.of(draft.manifest().samples().getFirst());
    }

    /** How long after the upload a line of the log was written. */
    public String since(DraftView.LogLine line) {
        Duration passed = Duration.between(draft.createdAt(), line.at());
        return String.format(Locale.ROOT, "%.1f s", Math.max(0, passed.toMillis()) / 1000.0);
    }

    public String timeout() {
        return Format.inWords(draft.manifest().timeout());
    }

    public @Nullable String error(String field) {
        return errors.get(field);
    }

    public boolean chosen(Offer offer) {
        return offer.step() == step;
    }

    /** What the chosen step and royalty come to. */
    public PricePreview price() {
        Offer offer = offers.stream().filter(this::chosen).findFirst().orElseThrow();
        try {
            Credits wanted = Credits.parse(royalty);
            UnitPrice unit = draft.manifest().unit();
            offer.requireAllowed(wanted, unit);
            return PricePreview.of(offer, offer.price(wanted, unit), draft.medianMs());
        } catch (Problem refusal) {
            return PricePreview.refused(offer, refusal.detail());
        } catch (IllegalArgumentException e) {
            return PricePreview.refused(offer, "The royalty is no amount of credits; expected a number such as 0.5");
        }
    }
}
