package io.algomat.web.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import io.algomat.catalog.AlgorithmView;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An algorithm for programs.
 *
 * @param readmeHtml its page's text, sanitised
 * @param version the version that input, output and samples are of
 * @param input JSON Schema of what a caller sends
 * @param output JSON Schema of what a caller gets
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AlgorithmJson(
        String owner,
        String name,
        String title,
        String tagLine,
        String readmeHtml,
        String licence,
        List<String> categories,
        List<String> tags,
        boolean listed,
        String version,
        String runtime,
        String task,
        String device,
        long timeoutMs,
        @JsonRawValue String input,
        @JsonRawValue String output,
        List<Sample> samples,
        List<Version> versions) {

    /** An input with what it answers. */
    public record Sample(String name, @Nullable String file, PayloadJson input, PayloadJson output, double computeMs) {}

    /**
     * A line of the versions' table; amounts are decimal credits.
     *
     * @param about what a call costs: royalty + usual units + compute rate × the median of recent calls
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Version(
            String version,
            String visibility,
            Instant publishedAt,
            String releaseNotes,
            String royalty,
            @Nullable UnitPriceJson unit,
            String ratePerMs,
            String about,
            long calls,
            double medianMs,
            @Nullable String deprecated) {}

    static AlgorithmJson of(AlgorithmView view) {
        AlgorithmView.ShownVersion shown = view.shown();
        return new AlgorithmJson(
                view.owner(),
                view.name(),
                view.title(),
                view.tagLine(),
                view.readmeHtml(),
                view.licence(),
                view.categories(),
                view.tags(),
                !view.unlisted() && view.takenDownReason() == null,
                shown.version().version(),
                shown.runtime(),
                shown.task(),
                shown.device(),
                shown.timeout().toMillis(),
                shown.inputSchema(),
                shown.outputSchema(),
                shown.samples().stream().map(AlgorithmJson::sample).toList(),
                view.versions().stream().map(AlgorithmJson::version).toList());
    }

    private static Sample sample(AlgorithmView.SampleView sample) {
        return new Sample(
                sample.name(),
                sample.fileName(),
                PayloadJson.of(sample.input()),
                PayloadJson.of(sample.output()),
                sample.computeMs());
    }

    private static Version version(AlgorithmView.VersionView line) {
        String note = line.deprecationNote();
        return new Version(
                line.version(),
                line.isPublic() ? "public" : "private",
                line.publishedAt(),
                line.releaseNotes(),
                line.price().royalty().toString(),
                UnitPriceJson.of(line.price().unit()),
                line.price().ratePerMs().toString(),
                line.about().toString(),
                line.calls(),
                line.medianMs(),
                line.deprecated() ? note == null ? "" : note : null);
    }
}
