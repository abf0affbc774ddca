package io.algomat.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.algomat.catalog.SampleProgress.Stage;
import io.algomat.platform.Sql;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The starter algorithms, published from their folders as the start does it. */
@QuarkusTest
class PublishSamplesTest {
    @Inject
    PublishSamples samples;

    @Inject
    Algorithms algorithms;

    @Inject
    Sql sql;

    private final List<SampleProgress> progress = new ArrayList<>();

    @BeforeEach
    void publish() throws InterruptedException {
        samples.publish(progress::add);
    }

    @Test
    void allArePublishedAndASecondStartChangesNothing() throws Exception {
        assertThat(progress).noneMatch(step -> step.stage() == Stage.FAILED);
        assertThat(progress).last().extracting(SampleProgress::stage).isEqualTo(Stage.DONE);

        List<SampleProgress> second = new ArrayList<>();
        samples.publish(second::add);

        assertThat(second)
                .filteredOn(step -> step.stage() != Stage.STARTED && step.stage() != Stage.DONE)
                .allMatch(step -> step.stage() == Stage.UNCHANGED)
                .extracting(SampleProgress::detail)
                .containsExactlyInAnyOrderElementsOf(firstVersions());
    }

    @Test
    void onlyTasksOfModelsAreTasksToSearchBy() {
        assertThat(sql.list(
                        "SELECT value FROM search_term WHERE kind = 'task' AND documents > 0",
                        row -> row.getString("value")))
                .contains("text-recognition", "voice-activity")
                .allMatch(task -> task.matches("[a-z-]+"))
                .doesNotContain("pipeline");
    }

    /** What the folders of the repository say of themselves. */
    private static List<String> firstVersions() throws IOException {
        List<String> versions = new ArrayList<>();
        try (Stream<Path> folders = Files.list(Path.of("samples"))) {
            for (Path folder : folders.toList()) {
                String manifest = Files.readString(folder.resolve("algomat.yaml"));
                Matcher algorithm = Pattern.compile("(?m)^algorithm: (\\S+)$").matcher(manifest);
                assertThat(algorithm.find()).as(folder.toString()).isTrue();
                versions.add(algorithm.group(1) + " 1.0.0");
            }
        }
        return versions;
    }

    @Test
    void objectDetectionFindsWhatTheNoticeSays() throws Exception {
        AlgorithmView view = algorithms.view("vision", "object-detection", null);

        assertThat(best(view, "A hot dog").get("label").asText()).isEqualTo("hot dog");
        assertThat(best(view, "A hot dog").get("score").asDouble()).isEqualTo(0.965, within(0.02));
        assertThat(best(view, "A cat").get("label").asText()).isEqualTo("cat");
        assertThat(best(view, "An empty bun (known to be mistaken for a hot dog)")
                        .get("score")
                        .asDouble())
                .isEqualTo(0.969, within(0.02));
        assertThat(answer(view, "A plate with nothing on it").get("detections"))
                .noneMatch(found -> found.get("label").asText().equals("hot dog"));
        assertThat(view.readmeHtml()).contains("An empty bun is taken for a hot dog");
    }

    @Test
    void sentencesThatMeanTheSameLieClose() throws Exception {
        AlgorithmView view = algorithms.view("nlp", "sentence-embedding", null);

        JsonNode vectors = answer(view, "Three sentences, two of them alike");

        assertThat(cosine(vectors.get(0), vectors.get(1))).isEqualTo(0.6599, within(0.01));
        assertThat(cosine(vectors.get(0), vectors.get(2))).isEqualTo(0.1296, within(0.01));
        assertThat(cosine(vectors.get(1), vectors.get(2))).isEqualTo(0.1597, within(0.01));
        assertThat(answer(view, "One sentence")).hasSize(384);
    }

    private static JsonNode best(AlgorithmView view, String sample) throws Exception {
        return answer(view, sample).get("detections").get(0);
    }

    private static JsonNode answer(AlgorithmView view, String sample) throws Exception {
        AlgorithmView.SampleView found = view.shown().samples().stream()
                .filter(candidate -> candidate.name().equals(sample))
                .findFirst()
                .orElseThrow();
        return new ObjectMapper().readTree(found.output().bytes());
    }

    private static double cosine(JsonNode a, JsonNode b) {
        double sum = 0;
        for (int i = 0; i < a.size(); i++) {
            sum += a.get(i).asDouble() * b.get(i).asDouble();
        }
        return sum;
    }
}
