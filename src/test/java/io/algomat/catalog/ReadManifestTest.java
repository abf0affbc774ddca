package io.algomat.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.entry;

import io.algomat.platform.Credits;
import io.algomat.platform.Problem;
import io.algomat.platform.UnitPrice;
import io.algomat.platform.Units;
import io.algomat.testing.Bundles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReadManifestTest {
    @TempDir
    Path folder;

    private String text;

    @BeforeEach
    void soundBundle() throws IOException {
        text = Bundles.identityManifest("ada", "echo");
        Files.writeString(folder.resolve("README.md"), "# Echo");
    }

    private Manifest read() throws IOException {
        Files.writeString(folder.resolve("algomat.yaml"), text);
        return ReadManifest.of(new BundleFiles(folder));
    }

    private List<Problem.FieldError> faults() throws IOException {
        Files.writeString(folder.resolve("algomat.yaml"), text);
        return catchThrowableOfType(Problem.class, () -> ReadManifest.of(new BundleFiles(folder)))
                .errors();
    }

    private void oneFault(String where, String... words) throws IOException {
        assertThat(faults()).singleElement().satisfies(fault -> {
            assertThat(fault.where()).isEqualTo(where);
            assertThat(fault.message()).contains(words);
        });
    }

    @Test
    void aSoundManifestIsReadWithItsDefaults() throws IOException {
        Manifest manifest = read();

        assertThat(manifest.path()).isEqualTo("ada/echo");
        assertThat(manifest.timeout()).isEqualTo(Duration.ofSeconds(60));
        assertThat(manifest.memoryBytes()).isEqualTo(192L << 20);
        assertThat(manifest.royalty()).isEqualTo(Credits.ZERO);
        assertThat(manifest.readme()).isEqualTo("# Echo");
        assertThat(manifest.samples()).singleElement().satisfies(sample -> {
            assertThat(sample.inline()).isEqualTo("\"Hello\"");
            assertThat(sample.expected()).isEqualTo("\"Hello\"");
        });
    }

    @Test
    void optionsGoOnAsTexts() throws IOException {
        text += "options: {min_score: 0.5, normalize: true, model: model.onnx, max_length: 256}\n";

        assertThat(read().program().options())
                .containsOnly(
                        entry("min_score", "0.5"),
                        entry("normalize", "true"),
                        entry("model", "model.onnx"),
                        entry("max_length", "256"));
    }

    @Test
    void everyFaultIsToldAtOnceWithItsLineAndWhatWasExpected() throws IOException {
        text = text.replace("task: identity", "task: magic")
                .replace("categories: [tools]", "categories: [tools, cooking]");

        assertThat(faults())
                .extracting(Problem.FieldError::where)
                .containsExactlyInAnyOrder("algomat.yaml:4", "algomat.yaml:7");
        assertThat(faults())
                .anySatisfy(fault -> assertThat(fault.message()).contains("'cooking' is not one of vision, language"));
    }

    @Test
    void aMissingFieldIsNamed() throws IOException {
        text = text.replace("tag_line: Gives its input back\n", "");
        oneFault("algomat.yaml:1", "'tag_line' is missing");
    }

    @Test
    void anUnknownFieldIsNamedOnItsLine() throws IOException {
        text = text.replace("  royalty: 0", "  royalty: 0\n  currency: euro");
        oneFault("algomat.yaml:17", "'currency' is not known here");
    }

    @Test
    void aRoyaltyBelowZeroOrTooFineIsRefused() throws IOException {
        text = text.replace("royalty: 0", "royalty: -1");
        oneFault("algomat.yaml:16", "credits per call, from 0 to 1000000");
        text = text.replace("royalty: -1", "royalty: 0.0000001");
        oneFault("algomat.yaml:16", "six decimal places");
    }

    private void code(String unit) throws IOException {
        Files.writeString(folder.resolve("algo.py"), "def apply(input): return input");
        text = Bundles.identityManifest("ada", "echo").replace("task: identity", "runtime: python\nentry: algo.py")
                + "  unit: " + unit + "\n";
    }

    @Test
    void aUnitPriceIsReadWithWhatIsUsual() throws IOException {
        code("{metric: pages, credits: 0.5, max: 100}");
        assertThat(read().unit()).isEqualTo(new UnitPrice("pages", Credits.parse("0.5"), 1, Units.of(100)));
        code("{metric: output_tokens, credits: 2, per: 1000, max: 8192}");
        assertThat(read().unit()).isEqualTo(new UnitPrice("output_tokens", Credits.of(2), 1000, Units.of(8192)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {metric: pages, credits: 2} | 'max' is missing
            {metric: pages, max: 2} | 'credits' is missing
            {credits: 2, max: 2} | 'metric' is missing
            {metric: Pages, credits: 2, max: 2} | in the plural and in small letters, such as pages
            {metric: pages, credits: 0, max: 2} | above 0
            {metric: pages, credits: -1, max: 2} | above 0
            {metric: pages, credits: 0.0000001, max: 2} | six decimal places
            {metric: pages, credits: 2, max: 0} | a whole number from 1
            {metric: pages, credits: 2, max: 2.5} | a whole number from 1
            {metric: pages, credits: 2, max: 2, per: 0} | such as 1000 for a price per 1000 tokens
            {metric: pages, credits: 2, max: 500001} | cost 1000002 credits; expected at most 1000000
            {metric: pages, credits: 0.000001, per: 1000, max: 999} | cost nothing
            {metric: pages, credits: 2, max: 2, unit: 3} | 'unit' is not known here
            """)
    void aUnitPriceThatIsNoneIsRefusedOnItsLine(String unit, String expected) throws IOException {
        code(unit);
        oneFault("algomat.yaml:18", expected);
    }

    @Test
    void aTaskHasAUnitPriceOfWhatItReportsAlone() throws IOException {
        String unit = "  unit: {metric: seconds, credits: 0.1, max: 600}\n";
        text += unit;
        oneFault("algomat.yaml:17", "The task identity reports no metric", "text-recognition, voice-activity");
        text = text.replace("task: identity", "task: voice-activity");
        assertThat(read().unit()).isNotNull();
        text = text.replace("task: voice-activity", "task: text-recognition");
        oneFault("algomat.yaml:17", "The task text-recognition reports lines, not seconds");
    }

    @Test
    void aTimeoutBeyondTheCapIsRefused() throws IOException {
        text += "timeout: 3001 s\n";
        oneFault("algomat.yaml:17", "3000 s");
    }

    @Test
    void aSampleWithoutInputOrWithTwoIsRefused() throws IOException {
        text = text.replace("    input: Hello\n", "    input: Hello\n    file: README.md\n");
        oneFault("algomat.yaml:12", "exactly one of 'input' and 'file'");
    }

    @Test
    void aSampleFileThatIsNotThereIsNamed() throws IOException {
        text = text.replace("input: Hello", "file: hello.txt");
        oneFault("algomat.yaml:13", "There is no file 'hello.txt'");
    }

    @Test
    void aSampleThatTheInputSchemaDoesNotAllowIsRefused() throws IOException {
        text = text.replace("input: {}", "input: {type: object, required: [text]}")
                .replace("input: Hello", "input: {txt: a}");
        oneFault("algomat.yaml:13", "not what 'input' describes", "text");
    }

    @Test
    void brokenJsonInASampleFileIsNamedWithItsLine() throws IOException {
        Files.writeString(folder.resolve("sample.json"), "{\n  \"a\": 1,\n  oops\n}");
        text = text.replace("input: Hello", "file: sample.json");
        oneFault("sample.json:3", "not JSON");
    }

    @Test
    void aSchemaThatIsNoneIsRefusedOnItsLine() throws IOException {
        text = text.replace("output: {}", "output:\n  type: pancake");
        assertThat(faults()).first().satisfies(fault -> {
            assertThat(fault.where()).isEqualTo("algomat.yaml:11");
            assertThat(fault.message()).contains("no JSON Schema");
        });
    }

    @Test
    void aSchemaMayNotReferToOtherPlaces() throws IOException {
        text = text.replace("output: {}", "output: {$ref: 'https://example.com/schema.json'}");
        oneFault("algomat.yaml:10", "leads out of the schema");
        text = text.replace("https://example.com/schema.json", "#/$defs/none");
        oneFault("algomat.yaml:10", "leads nowhere");
    }

    @Test
    void aSchemaThatRefersToItselfWithoutEndIsAFaultAndNoCrash() throws IOException {
        text = text.replace("input: {}", "input: {$ref: '#'}");
        assertThat(faults()).isNotEmpty();
    }

    @Test
    void aPatternThatTakesForeverIsGivenUp() throws IOException {
        text = text.replace("input: {}", "input: {pattern: '^(x+)+\\1y$'}")
                .replace("input: Hello", "input: " + "x".repeat(60));
        oneFault("algomat.yaml:13", "takes too long");
    }

    @Test
    void aMissingReadmeIsNamed() throws IOException {
        Files.delete(folder.resolve("README.md"));
        assertThat(faults())
                .singleElement()
                .satisfies(fault -> assertThat(fault.message()).contains("README.md"));
    }

    @Test
    void theFixedCategoriesAreTheSchemas() {
        assertThat(ManifestSchema.categories())
                .containsExactly(
                        "vision", "language", "audio", "tabular", "time-series", "documents", "generation", "tools");
    }
}
