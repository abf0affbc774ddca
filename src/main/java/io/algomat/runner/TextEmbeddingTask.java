package io.algomat.runner;

import ai.djl.Model;
import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.translate.Batchifier;
import ai.djl.translate.TranslateException;
import ai.djl.translate.Translator;
import ai.djl.translate.TranslatorContext;
import com.google.gson.JsonElement;
import io.algomat.runner.protocol.Kind;
import io.algomat.runner.protocol.Value;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Text to vector: a Hugging Face tokenizer, a transformer graph, one of its outputs pooled over the tokens. Pooling is
 * done here in plain Java, since ONNX Runtime's arrays have almost no mathematics in DJL.
 */
final class TextEmbeddingTask implements Task {
    private static final Set<String> KNOWN_INPUTS = Set.of("input_ids", "attention_mask", "token_type_ids");
    private static final int MOST_TEXTS = 64;
    private static final String EXPECTED = "expected a text, or a JSON string or an array of 1 to 64 strings";

    private final HuggingFaceTokenizer tokenizer;
    private final Predictor<String, float[]> predictor;

    TextEmbeddingTask(Options options) throws LoadException {
        options.allow(Set.of("model", "tokenizer", "pooling", "normalize", "max_length"));
        Pooling pooling = Pooling.of(options.text("pooling", "mean"));
        boolean normalize = options.flag("normalize", true);
        this.tokenizer =
                tokenizer(options.file("tokenizer", "tokenizer.json"), options.whole("max_length", 256, 1, 8192));
        Model model = OnnxModel.load(options.file("model", "model.onnx"));
        Set<String> inputs = OnnxModel.inputNames(model);
        if (!KNOWN_INPUTS.containsAll(inputs) || !inputs.contains("input_ids")) {
            throw new LoadException("the model's inputs are " + inputs + "; expected input_ids, and perhaps"
                    + " attention_mask and token_type_ids");
        }
        this.predictor = model.newPredictor(new Embedder(inputs, pooling, normalize));
    }

    @Override
    public Value run(Value input) throws InputException, TranslateException {
        if (input.kind() == Kind.TEXT) {
            return Value.json(vector(input.utf8()));
        }
        if (input.kind() != Kind.JSON) {
            throw new InputException("The input is not text: " + EXPECTED);
        }
        JsonElement json = Json.parse(input.utf8());
        String single = Json.string(json);
        if (single != null) {
            return Value.json(vector(single));
        }
        List<String> vectors = new ArrayList<>();
        for (String text : texts(json)) {
            vectors.add(vector(text));
        }
        return Value.json("[" + String.join(",", vectors) + "]");
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

    private String vector(String text) throws InputException, TranslateException {
        if (text.isBlank()) {
            throw new InputException("The text is empty: " + EXPECTED);
        }
        StringBuilder out = new StringBuilder("[");
        for (float number : predictor.predict(text)) {
            out.append(out.length() > 1 ? "," : "").append(number);
        }
        return out.append(']').toString();
    }

    /** Padding is off whatever the file says: MiniLM's fixes it at 128 tokens, which costs ten times the time. */
    private static HuggingFaceTokenizer tokenizer(Path file, int maxLength) throws LoadException {
        try {
            return HuggingFaceTokenizer.builder()
                    .optTokenizerPath(file)
                    .optPadding(false)
                    .optTruncation(true)
                    .optMaxLength(maxLength)
                    .build();
        } catch (IOException | RuntimeException e) {
            throw new LoadException(
                    "'" + file.getFileName() + "' is no tokenizer file of Hugging Face: " + e.getMessage(), e);
        }
    }

    private final class Embedder implements Translator<String, float[]> {
        private final Set<String> inputs;
        private final Pooling pooling;
        private final boolean normalize;

        Embedder(Set<String> inputs, Pooling pooling, boolean normalize) {
            this.inputs = inputs;
            this.pooling = pooling;
            this.normalize = normalize;
        }

        @Override
        public NDList processInput(TranslatorContext context, String text) {
            Encoding encoding = tokenizer.encode(text);
            NDManager manager = context.getNDManager();
            NDList list = new NDList(inputs.size());
            for (String name : inputs) {
                long[] numbers = switch (name) {
                    case "input_ids" -> encoding.getIds();
                    case "attention_mask" -> encoding.getAttentionMask();
                    default -> encoding.getTypeIds();
                };
                NDArray array = manager.create(numbers, new Shape(1, numbers.length));
                array.setName(name);
                list.add(array);
            }
            return list;
        }

        @Override
        public float[] processOutput(TranslatorContext context, NDList list) {
            NDArray output = list.head();
            long[] shape = output.getShape().getShape();
            float[] vector = pooling.pool(output.toFloatArray(), (int) shape[shape.length - 1]);
            return normalize ? Pooling.normalized(vector) : vector;
        }

        @Override
        public @Nullable Batchifier getBatchifier() {
            return null;
        }
    }
}
