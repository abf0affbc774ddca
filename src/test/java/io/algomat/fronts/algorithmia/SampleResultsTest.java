package io.algomat.fronts.algorithmia;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.algomat.catalog.PublishSamples;
import io.algomat.platform.Credits;
import io.algomat.platform.Ids;
import io.algomat.platform.Sql;
import io.algomat.testing.Accounts;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The results that the models' NOTICE promises, as they come out of the HTTP API. */
@QuarkusTest
class SampleResultsTest {
    private static final Path PICTURES = Path.of("samples/vision-object-detection/inputs");

    private static Accounts.User caller;

    @Inject
    PublishSamples samples;

    @Inject
    Sql sql;

    @BeforeEach
    void publishOnce() throws InterruptedException {
        if (caller == null) {
            samples.publish(progress -> {});
            caller = Accounts.user("samples");
        }
    }

    private static Response call(String path, String contentType, byte[] input) {
        Response answer =
                caller.api().header("Content-Type", contentType).body(input).post("/v1/algo/" + path);
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(200);
        return answer;
    }

    @ParameterizedTest
    @CsvSource({
        "hotdog.png, hot dog, 0.965",
        "hotdog-2.png, hot dog, 0.96",
        "empty-bun.png, hot dog, 0.969",
        "chelsea.png, cat, 0.935",
        "coffee.png, cup, 0.961",
        "coffee.png, dining table, 0.775",
        "astronaut.png, person, 0.675"
    })
    void aPictureShowsWhatItShould(String picture, String label, double score) throws IOException {
        Response answer = call(
                "vision/object-detection", "application/octet-stream", Files.readAllBytes(PICTURES.resolve(picture)));
        assertThat(score(answer, label)).isCloseTo(score, within(0.02));
    }

    @Test
    void aPictureInJsonIsTheSamePictureAndAnEmptyPlateIsNoHotDog() throws IOException {
        String image = Base64.getEncoder().encodeToString(Files.readAllBytes(PICTURES.resolve("plate.png")));
        byte[] json = ("{\"image\":\"" + image + "\",\"min_score\":0.005}").getBytes(StandardCharsets.UTF_8);
        Response answer = call("vision/object-detection", "application/json", json);
        assertThat(score(answer, "hot dog")).isCloseTo(0.008, within(0.02));
        assertThat(call("vision/object-detection", "image/png", Files.readAllBytes(PICTURES.resolve("plate.png")))
                        .jsonPath()
                        .getList("result.detections.label"))
                .doesNotContain("hot dog");
    }

    /** The best score of that label, 0 when it was not found. */
    private static double score(Response answer, String label) {
        List<String> labels = answer.jsonPath().getList("result.detections.label");
        List<Number> scores = answer.jsonPath().getList("result.detections.score");
        return IntStream.range(0, labels.size())
                .filter(i -> labels.get(i).equals(label))
                .mapToDouble(i -> scores.get(i).doubleValue())
                .max()
                .orElse(0);
    }

    @Test
    void sentencesThatMeanTheSameLieCloseTogether() {
        String[] sentences = {"The weather is lovely today.", "It's so sunny outside!", "He drove to the stadium."};
        List<double[]> vectors = List.of(sentences).stream()
                .map(sentence ->
                        call("nlp/sentence-embedding", "text/plain", sentence.getBytes(StandardCharsets.UTF_8)))
                .map(answer -> answer.jsonPath().getList("result", Double.class).stream()
                        .mapToDouble(Double::doubleValue)
                        .toArray())
                .toList();
        assertThat(vectors.getFirst()).hasSize(384);
        assertThat(dot(vectors.get(0), vectors.get(1))).isCloseTo(0.6599, within(0.01));
        assertThat(dot(vectors.get(0), vectors.get(2))).isCloseTo(0.1296, within(0.01));
        assertThat(dot(vectors.get(1), vectors.get(2))).isCloseTo(0.1597, within(0.01));
    }

    @Test
    void aRecordingTellsWhenSomebodySpeaks() throws IOException {
        byte[] wav = Files.readAllBytes(Path.of("samples/audio-voice-activity/inputs/two-sentences.wav"));

        Response answer = call("audio/voice-activity", "audio/wav", wav);

        double seconds = answer.jsonPath().getDouble("result.seconds");
        assertThat(answer.header("X-Algomat-Units")).isEqualTo(seconds + " seconds");
        assertThat(Double.parseDouble(answer.header("X-Algomat-Unit-Cost")))
                .isCloseTo(seconds * 0.005, within(0.00001));
        List<Number> starts = answer.jsonPath().getList("result.segments.start");
        assertThat(starts).hasSize(2);
        assertThat(starts.get(0).doubleValue()).isCloseTo(0.8, within(0.12));
        assertThat(starts.get(1).doubleValue()).isCloseTo(4.615, within(0.12));
    }

    @Test
    void aSignIsReadInChineseAndEnglish() throws IOException {
        byte[] sign = Files.readAllBytes(Path.of("samples/vision-ocr/inputs/sign.png"));

        Response answer = call("vision/ocr", "image/png", sign);

        assertThat(answer.jsonPath().getString("result.text")).isEqualTo("北京图书馆\nBeijing Library");
    }

    @ParameterizedTest
    @CsvSource({
        "Il treno per la costa parte ogni ora dal binario due e il viaggio dura circa quaranta minuti., ita",
        "Pociąg nad morze odjeżdża co godzinę z peronu drugiego i jedzie około czterdziestu minut., pol",
        "El tren a la costa sale cada hora del andén dos y el viaje dura unos cuarenta minutos., spa"
    })
    void aTextTellsItsLanguage(String text, String language) {
        Response answer = call("text/language-detection", "text/plain", text.getBytes(StandardCharsets.UTF_8));

        assertThat(answer.jsonPath().getString("result.language")).isEqualTo(language);
        List<Number> confidences = answer.jsonPath().getList("result.alternatives.confidence");
        assertThat(confidences).hasSize(3);
        assertThat(confidences.get(0).doubleValue())
                .as("a clear answer")
                .isGreaterThan(1.5 * confidences.get(1).doubleValue());
    }

    @Test
    void helloSaysHello() {
        assertThat(call("demo/Hello", "text/plain", "Ada".getBytes(StandardCharsets.UTF_8))
                        .jsonPath()
                        .getString("result"))
                .isEqualTo("Hello Ada");
    }

    @ParameterizedTest
    @CsvSource({"hotdog.png, hot dog, 0.965", "chelsea.png, not hot dog, 0", "plate.png, not hot dog, 0.008"})
    void seefoodKnowsAHotDogAndCallsAnotherToKnowIt(String picture, String answer, double score) throws IOException {
        Response seen = call("demo/seefood", "image/png", Files.readAllBytes(PICTURES.resolve(picture)));

        assertThat(seen.jsonPath().getString("result.answer")).isEqualTo(answer);
        assertThat(seen.jsonPath().getDouble("result.score")).isCloseTo(score, within(0.02));
        assertThat(seen.jsonPath().getString("result.picture"))
                .startsWith("<svg")
                .contains(answer + "</text>");
        // Its own royalty, and the royalty of the one that it called.
        assertThat(Double.parseDouble(seen.header("X-Algomat-Cost"))).isGreaterThan(0.6);
        assertThat(charged(seen))
                .containsExactly("demo/seefood below nothing", "vision/object-detection below demo/seefood");
        assertThat(sql.count(
                        "SELECT sum(total) FROM charge WHERE ? IN (call_id, root_call_id)", Ids.parseCall(id(seen))))
                .isEqualTo(Credits.parse(seen.header("X-Algomat-Cost")).micro());
        assertThat(sql.count(
                        "SELECT sum(leg.amount) FROM leg JOIN charge USING (posting_id) WHERE call_id = ?",
                        Ids.parseCall(id(seen))))
                .as("one posting for both, whose legs sum to zero")
                .isZero();
    }

    private static String id(Response answer) {
        return answer.header("X-Algomat-Call-Id");
    }

    /** The charges that a call made, its own first, each with the algorithm that called it. */
    private List<String> charged(Response answer) {
        return sql.list(
                "SELECT c.algorithm || ' below ' || coalesce(p.algorithm, 'nothing') AS row"
                        + " FROM charge c LEFT JOIN charge p ON p.call_id = c.parent_call_id"
                        + " WHERE ? IN (c.call_id, c.root_call_id) ORDER BY p.algorithm NULLS FIRST",
                row -> row.getString("row"),
                Ids.parseCall(id(answer)));
    }

    @Test
    void aPipelineReadsAPictureAndTellsItsLanguage() throws IOException {
        byte[] invoice = Files.readAllBytes(Path.of("samples/vision-ocr/inputs/invoice.png"));

        Response answer = call("vision/picture-language", "image/png", invoice);

        assertThat(answer.jsonPath().getString("result.text")).contains("Three chairs and a table");
        assertThat(answer.jsonPath().getString("result.language")).isEqualTo("eng");
    }

    @Test
    void aTableBecomesRowsAndABrokenOneIsRefusedWithItsRow() {
        String table = "\uFEFFname\tage\tname\r\nAda\t36\tL\r\n\"Alan\nM\"\t041\t\r\n";
        Response rows = call("data/csv-to-json", "text/plain", table.getBytes(StandardCharsets.UTF_8));

        assertThat(rows.jsonPath().getList("result.columns")).hasToString("[name, age, name_2]");
        assertThat(rows.jsonPath().getInt("result.rows[0].age")).isEqualTo(36);
        assertThat(rows.jsonPath().getString("result.rows[1].name")).isEqualTo("Alan\nM");
        assertThat(rows.jsonPath().getString("result.rows[1].age")).isEqualTo("041");
        assertThat(rows.jsonPath().getString("result.rows[1].name_2")).isNull();
        Response broken = call("data/csv-to-json", "text/plain", "a,b\n1,\"2\n".getBytes(StandardCharsets.UTF_8));
        assertThat(broken.jsonPath().getString("error.error_type")).isEqualTo("InputError");
        assertThat(broken.jsonPath().getString("error.message")).contains("row 2");
    }

    private static double dot(double[] a, double[] b) {
        return IntStream.range(0, a.length).mapToDouble(i -> a[i] * b[i]).sum();
    }
}
