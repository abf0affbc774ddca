package io.algomat.runner;

import ai.djl.translate.TranslateException;
import com.google.gson.JsonElement;
import io.algomat.runner.protocol.Kind;
import io.algomat.runner.protocol.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Text to vector. The texts of several calls, or of one that holds several, go through the model together. */
final class TextEmbeddingTask implements BatchTask<TextEmbeddingTask.Texts> {
    private static final int USUAL_BATCH = 32;
    private static final int MOST_TEXTS = 64;
    private static final String EXPECTED = "expected a text, or a JSON string or an array of 1 to 64 strings";

    private final TextVectors vectors;
    private final int largestBatch;

    /**
     * One call's texts.
     *
     * @param list whether it asked for a list of vectors, be it of one
     */
    record Texts(List<TextVectors.Tokens> tokens, boolean list) {}

    TextEmbeddingTask(Options options) throws LoadException {
        options.allow(Set.of("model", "tokenizer", "pooling", "normalize", "max_length", "largest_batch"));
        this.vectors = new TextVectors(options);
        this.largestBatch = options.largestBatch(USUAL_BATCH, vectors.together());
    }

    @Override
    public int largestBatch() {
        return largestBatch;
    }

    @Override
    public Texts prepare(Value input) throws InputException {
        if (input.kind() == Kind.TEXT) {
            return new Texts(List.of(tokens(input.utf8())), false);
        }
        if (input.kind() != Kind.JSON) {
            throw new InputException("The input is not text: " + EXPECTED);
        }
        JsonElement json = Json.parse(input.utf8());
        String single = Json.string(json);
        if (single != null) {
            return new Texts(List.of(tokens(single)), false);
        }
        List<TextVectors.Tokens> tokens = new ArrayList<>();
        for (String text : texts(json)) {
            tokens.add(tokens(text));
        }
        return new Texts(tokens, true);
    }

    @Override
    public List<Value> together(List<Texts> calls) throws TranslateException {
        float[][] all = vectors.of(
                calls.stream().flatMap(texts -> texts.tokens().stream()).toList());
        List<Value> values = new ArrayList<>();
        int next = 0;
        for (Texts texts : calls) {
            StringBuilder out = new StringBuilder(texts.list() ? "[" : "");
            for (int i = 0; i < texts.tokens().size(); i++) {
                write(all[next++], i > 0 ? out.append(',') : out);
            }
            values.add(Value.json(out.append(texts.list() ? "]" : "").toString()));
        }
        return values;
    }

    private static List<String> texts(JsonElement json) throws InputException {
        List<String> texts = new ArrayList<>();
        if (json.isJsonArray() && json.getAsJsonArray().size() <= MOST_TEXTS) {
            for (JsonElement element : json.getAsJsonArray()) {
                @Nullable String text = Json.string(element);
                if (text == null) {
                    throw new InputException("The array holds something that is no string: " + EXPECTED);
                }
                texts.add(text);
            }
        }
        if (texts.isEmpty()) {
            throw new InputException("The input does not fit: " + EXPECTED);
        }
        return texts;
    }

    private TextVectors.Tokens tokens(String text) throws InputException {
        if (text.isBlank()) {
            throw new InputException("The text is empty: " + EXPECTED);
        }
        return vectors.tokens(text);
    }

    private static void write(float[] vector, StringBuilder out) {
        char before = '[';
        for (float number : vector) {
            out.append(before).append(number);
            before = ',';
        }
        out.append(']');
    }
}
