package io.algomat.web.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import io.algomat.catalog.DraftView;
import io.algomat.catalog.Offer;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A draft for programs.
 *
 * @param state received, testing, ready, failed or published
 * @param steps what each step would lead to; empty once it is published
 * @param version the version that it became
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DraftJson(
        String id,
        String state,
        String algorithm,
        String title,
        @JsonRawValue String input,
        @JsonRawValue String output,
        List<Line> log,
        List<Sample> samples,
        List<StepJson> steps,
        Instant createdAt,
        Instant expiresAt,
        @Nullable String version) {

    /** A line of the build log; level is info, good or bad. */
    public record Line(Instant at, String level, String text) {}

    /** What a sample answered; message says why it did not pass. */
    public record Sample(String name, boolean passed, String message, PayloadJson output, double computeMs) {}

    /**
     * One step that the publisher may choose.
     *
     * @param royaltyBefore the royalty of the newest version in credits, absent for the first publication
     * @param unitBefore its unit price, absent for none; a new one is what the manifest says
     * @param keepsPrice whether the price cannot be chosen with this step
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record StepJson(
            String step,
            String version,
            @Nullable String royaltyBefore,
            @Nullable UnitPriceJson unitBefore,
            boolean keepsPrice) {
        static StepJson of(Offer offer) {
            return new StepJson(
                    offer.step().wire(),
                    offer.number().toString(),
                    offer.before() == null ? null : offer.before().royalty().toString(),
                    offer.before() == null
                            ? null
                            : UnitPriceJson.of(offer.before().unit()),
                    offer.keepsPrice());
        }
    }

    static DraftJson of(DraftView draft, List<Offer> offers) {
        return new DraftJson(
                draft.id(),
                draft.state().wire(),
                draft.manifest().path(),
                draft.manifest().title(),
                draft.manifest().inputSchema(),
                draft.manifest().outputSchema(),
                draft.log().stream()
                        .map(line -> new Line(line.at(), line.level().wire(), line.text()))
                        .toList(),
                draft.samples().stream().map(DraftJson::sample).toList(),
                draft.publishedVersion() == null
                        ? offers.stream().map(StepJson::of).toList()
                        : List.of(),
                draft.createdAt(),
                draft.expiresAt(),
                draft.publishedVersion());
    }

    private static Sample sample(DraftView.SampleRun run) {
        return new Sample(run.name(), run.passed(), run.message(), PayloadJson.of(run.output()), run.computeMs());
    }
}
