package io.algomat.workers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.algomat.platform.Payload;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls that wait for the one worker of their pool, until it has learned to take several at once. */
class BatchWorkerTest {
    private static final int ENOUGH = 2;
    private static final int AT_ONCE = 24;
    private static final Path EMBEDDING = WorkersForTests.SAMPLES.resolve("nlp-sentence-embedding");
    private static final Path DIGITS = WorkersForTests.SAMPLES.resolve("vision-digits");
    private static final List<String> TEXTS = List.of(
            "The weather is lovely today.",
            "It's so sunny outside!",
            "He drove to the stadium.",
            "A longer sentence about the railways of the north, with their many stations and a tunnel or two.",
            "Hi",
            "Bitcoin fell by 12% on Tuesday");

    @TempDir
    static Path data;

    private static Workers workers;

    @BeforeAll
    static void start() {
        workers = WorkersForTests.in(data, Map.of("algomat.workers.max-per-pool", "1"));
    }

    @AfterAll
    static void stop() {
        workers.stop();
    }

    private static WorkerSpec embedding(String pool, Map<String, String> options) {
        Map<String, String> all = new HashMap<>(options);
        all.put("model", "all-minilm-l6-v2-q.onnx");
        all.put("tokenizer", "all-minilm-l6-v2-q-tokenizer.json");
        return WorkersForTests.djl(pool, "text-embedding", all, EMBEDDING, 512L << 20, false, true);
    }

    /** All at once; in their order. */
    private static List<WorkerOutcome> atOnce(WorkerSpec spec, List<Payload> inputs) {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<WorkerOutcome>> running = new ArrayList<>();
            for (Payload input : inputs) {
                running.add(threads.submit(() -> workers.call(spec, WorkersForTests.call(input))));
            }
            List<WorkerOutcome> outcomes = new ArrayList<>();
            for (Future<WorkerOutcome> each : running) {
                outcomes.add(each.get());
            }
            return outcomes;
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Sends them again and again until some ran together, and gives that round's outcomes. */
    private static List<WorkerOutcome> batched(WorkerSpec spec, List<Payload> inputs) {
        return await().atMost(Duration.ofSeconds(30))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .until(
                        () -> atOnce(spec, inputs),
                        outcomes -> outcomes.stream()
                                .anyMatch(outcome -> outcome.timing().batch() >= ENOUGH));
    }

    private static List<Payload> rounds(List<Payload> inputs) {
        List<Payload> all = new ArrayList<>();
        for (int i = 0; i < AT_ONCE; i++) {
            all.add(inputs.get(i % inputs.size()));
        }
        return all;
    }

    private static String output(WorkerOutcome outcome) {
        assertThat(outcome).isInstanceOf(WorkerOutcome.Succeeded.class);
        return ((WorkerOutcome.Succeeded) outcome).output().utf8();
    }

    private static double cosine(String one, String other) {
        float[] a = new Gson().fromJson(one, float[].class);
        float[] b = new Gson().fromJson(other, float[].class);
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (double) a[i] * b[i];
        }
        return sum;
    }

    @Test
    void aTextAmongOthersHasTheVectorThatItHasAlone() {
        WorkerSpec spec = embedding("texts", Map.of());
        List<Payload> inputs = TEXTS.stream().map(Payload::text).toList();
        List<String> alone = inputs.stream()
                .map(input -> output(workers.call(spec, WorkersForTests.call(input))))
                .toList();

        List<WorkerOutcome> together = batched(spec, rounds(inputs));

        for (int i = 0; i < together.size(); i++) {
            // The sample's weights are int8, and the scale of a run is that of its largest number: 1 is not to be had.
            assertThat(cosine(output(together.get(i)), alone.get(i % alone.size())))
                    .as(TEXTS.get(i % alone.size()))
                    .isGreaterThan(0.98);
        }
    }

    @Test
    void eachCallOfABatchIsChargedItsShareOfTheTime() {
        List<WorkerOutcome> together = batched(
                embedding("shares", Map.of()),
                rounds(TEXTS.stream().map(Payload::text).toList()));

        Map<Long, List<WorkerOutcome>> runs = together.stream()
                .collect(Collectors.groupingBy(outcome -> outcome.timing().computeNanos()));
        assertThat(runs.values())
                .allSatisfy(run -> assertThat(run)
                        .allSatisfy(
                                outcome -> assertThat(outcome.timing().batch()).isEqualTo(run.size())));
    }

    @Test
    void oneBadInputFailsAlone() {
        List<Payload> inputs = new ArrayList<>(rounds(List.of(Payload.text(TEXTS.getFirst()))));
        inputs.set(AT_ONCE / 2, Payload.text(" "));

        List<WorkerOutcome> together = batched(embedding("bad-input", Map.of()), inputs);

        assertThat(together.stream().filter(WorkerOutcome.Failed.class::isInstance))
                .singleElement()
                .isSameAs(together.get(AT_ONCE / 2));
        assertThat(((WorkerOutcome.Failed) together.get(AT_ONCE / 2)).errorType())
                .isEqualTo("InputError");
    }

    @Test
    void aVersionThatWantsNoBatchesGetsNone() {
        WorkerSpec spec = embedding("one-by-one", Map.of("largest_batch", "1"));

        for (int i = 0; i < 5; i++) {
            assertThat(atOnce(spec, rounds(List.of(Payload.text("Hi")))))
                    .extracting(outcome -> outcome.timing().batch())
                    .containsOnly(1);
        }
    }

    @Test
    void picturesThatRunTogetherAreReadAsAlone(@TempDir Path bundle) throws IOException {
        Files.write(bundle.resolve("model.onnx"), SmallOnnx.colours());
        Files.writeString(bundle.resolve("labels.txt"), "red\ngreen\nblue\n");
        WorkerSpec spec = WorkersForTests.spec(
                "colours", "image-classification", Map.of("input_width", "8", "input_height", "8"), bundle);
        List<Payload> inputs = List.of(
                Payload.binary(filled(0xFF0000)), Payload.binary(filled(0x00FF00)), Payload.binary(filled(0xFF)));

        List<WorkerOutcome> together = batched(spec, rounds(inputs));

        List<String> expected = List.of("red", "green", "blue");
        for (int i = 0; i < together.size(); i++) {
            assertThat(label(output(together.get(i)))).isEqualTo(expected.get(i % expected.size()));
        }
    }

    @Test
    void aModelThatLooksAtTheFirstPictureAloneIsGivenOneAtATime() throws IOException {
        Map<String, String> options = Map.of(
                "model", "model.pt", "input_width", "96", "input_height", "96", "colour", "grey", "fit", "extend");
        WorkerSpec spec =
                WorkersForTests.djl("digits", "image-classification", options, DIGITS, 1024L << 20, false, true);
        List<Payload> inputs = List.of(
                Payload.binary(Files.readAllBytes(DIGITS.resolve("inputs/five.png"))),
                Payload.binary(Files.readAllBytes(DIGITS.resolve("inputs/four.png"))));

        for (int i = 0; i < 3; i++) {
            List<WorkerOutcome> outcomes = atOnce(spec, rounds(inputs));
            assertThat(outcomes).extracting(outcome -> outcome.timing().batch()).containsOnly(1);
            assertThat(label(output(outcomes.get(0)))).isEqualTo("5");
            assertThat(label(output(outcomes.get(1)))).isEqualTo("4");
        }
        Map<String, String> forced = new HashMap<>(options);
        forced.put("largest_batch", "8");
        WorkerSpec refused =
                WorkersForTests.djl("forced", "image-classification", forced, DIGITS, 1024L << 20, false, true);
        assertThat(workers.call(refused, WorkersForTests.call(inputs.getFirst())))
                .isInstanceOfSatisfying(WorkerOutcome.Failed.class, failed -> {
                    assertThat(failed.errorType()).isEqualTo("LoadingError");
                    assertThat(failed.message()).contains("'largest_batch' is 8", "one input at a time");
                });
    }

    private static byte[] filled(int colour) throws IOException {
        BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 64; i++) {
            image.setRGB(i % 8, i / 8, colour);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(image, "png", out);
        return out.toByteArray();
    }

    private static String label(String json) {
        return JsonParser.parseString(json)
                .getAsJsonObject()
                .getAsJsonArray("classes")
                .get(0)
                .getAsJsonObject()
                .get("label")
                .getAsString();
    }

    @Test
    void numbersAreStackedByTheirRowsAndGivenBackByThem() {
        WorkerSpec spec = WorkersForTests.djl(
                "stacked",
                "tensor",
                Map.of("model", "all-minilm-l6-v2-q.onnx", "largest_batch", "8"),
                EMBEDDING,
                512L << 20,
                false,
                true);
        List<Payload> inputs = List.of(tokens(1, 3), tokens(2, 3), tokens(1, 4));

        List<WorkerOutcome> together = batched(spec, rounds(inputs));

        Function<WorkerOutcome, String> shape = outcome -> JsonParser.parseString(output(outcome))
                .getAsJsonObject()
                .getAsJsonArray("outputs")
                .get(0)
                .getAsJsonObject()
                .get("shape")
                .toString();
        List<String> expected = List.of("[1,3,384]", "[2,3,384]", "[1,4,384]");
        for (int i = 0; i < together.size(); i++) {
            assertThat(shape.apply(together.get(i))).isEqualTo(expected.get(i % expected.size()));
        }
    }

    private static Payload tokens(int rows, int length) {
        StringBuilder inputs = new StringBuilder();
        for (String name : List.of("input_ids", "attention_mask", "token_type_ids")) {
            long[] numbers = new long[rows * length];
            Arrays.fill(numbers, name.equals("input_ids") ? 2088 : name.equals("attention_mask") ? 1 : 0);
            JsonObject input = new JsonObject();
            input.addProperty("name", name);
            input.add("shape", new Gson().toJsonTree(new long[] {rows, length}));
            input.addProperty("datatype", "INT64");
            input.add("data", new Gson().toJsonTree(numbers));
            inputs.append(inputs.isEmpty() ? "" : ",").append(input);
        }
        return Payload.json("{\"inputs\":[" + inputs + "]}");
    }
}
