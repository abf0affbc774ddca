package io.algomat.web.catalog;

import io.algomat.accounts.Caller;
import io.algomat.catalog.AlgorithmView;
import io.algomat.platform.Credits;
import io.algomat.platform.Payload;
import io.algomat.web.calls.Snippets;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An algorithm's page as its template reads it.
 *
 * @param pinned whether the address names the version; then all links of the page keep it
 * @param reader who looks at it, or null for a visitor
 * @param warm whether a worker of the version is up
 * @param runnable whether this machine has the kind of device that the version asks for
 */
public record AlgorithmShown(
        AlgorithmView algorithm,
        AlgorithmTab tab,
        boolean pinned,
        @Nullable Caller reader,
        boolean warm,
        boolean runnable,
        List<SampleShown> samples,
        List<SchemaTable> input,
        List<SchemaTable> output) {

    /** A tab with its address. */
    public record TabLink(String href, String text, boolean current) {}

    public AlgorithmView.ShownVersion version() {
        return algorithm.shown();
    }

    public AlgorithmView.VersionView line() {
        return algorithm.shown().version();
    }

    public String base() {
        return "/algorithms/" + algorithm.path();
    }

    /** {@code ?version=1.2.3} where the address named one, else nothing. */
    public String pin() {
        return pinned ? "?version=" + line().version() : "";
    }

    public String exact() {
        return "?version=" + line().version();
    }

    public List<TabLink> tabs() {
        return List.of(AlgorithmTab.values()).stream()
                .map(each -> new TabLink(base() + each.path() + pin(), each.text(), each == tab))
                .toList();
    }

    public @Nullable SampleShown first() {
        return samples.isEmpty() ? null : samples.getFirst();
    }

    /**
     * The call of the first sample by curl, so that code stands on the page before, and without, any script.
     *
     * @param site where the reader sees the site, without a trailing slash
     */
    public String code(String site) {
        SampleShown first = first();
        Payload input = first == null ? new Payload(Payload.Kind.VOID, new byte[0]) : first.input();
        return Snippets.of(
                        site,
                        algorithm.path() + "/" + line().version(),
                        input,
                        first == null || first.fileName().isEmpty() ? null : first.fileName())
                .getFirst()
                .code()
                .strip();
    }

    public boolean signedIn() {
        return reader != null;
    }

    public Credits about() {
        return line().about();
    }

    /** What 99 of 100 recent calls cost at most. */
    public Credits slow() {
        return line().slow();
    }

    /** Owners pay the compute of their own calls only. */
    public Credits aboutForReader() {
        return algorithm.mine() ? about().minus(line().price().royalty(line().medianUnits())) : about();
    }

    public boolean newestPublic() {
        AlgorithmView.VersionView newest = algorithm.current();
        return newest == null || newest.version().equals(line().version()) || line().announced() != null;
    }

    public boolean called() {
        return line().calls() > 0;
    }

    /** {@code 99.98 %}; rounded down, so that only a spotless record reads 100 %. */
    public String successRate() {
        double percent = Math.floor(10_000.0 * line().succeeded() / Math.max(1, line().calls())) / 100;
        return String.format(Locale.ENGLISH, percent == 100 ? "%.0f %%" : "%.2f %%", percent);
    }

    public String deviceText() {
        return version().device().toUpperCase(Locale.ROOT);
    }

    public String runtimeText() {
        return version().runtime().equals("djl")
                ? "Model, no code (DJL)"
                : version().runtime();
    }

    public String feePercent() {
        return Credits.micro(line().price().takeBps() * 10_000L) + " %";
    }

    /** What a second of compute costs. */
    public Credits ratePerSecond() {
        return line().price().ratePerMs().times(1000);
    }

    /** The fields beside a file: an object schema that carries the file as base64 and asks for more. */
    public List<SchemaTable.Row> fileOptions() {
        return input.stream()
                .flatMap(table -> table.optionsBesideFile().stream())
                .toList();
    }

    /** The field that carries the file in JSON, or empty where JSON has no room for one. */
    public String fileField() {
        return input.stream()
                .map(SchemaTable::fileField)
                .filter(field -> !field.isEmpty())
                .findFirst()
                .orElse("");
    }
}
