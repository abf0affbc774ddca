package io.algomat.runner;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.translate.TranslateException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A Hugging Face tokenizer, a transformer graph, one of its outputs pooled over the tokens. Texts of about one length go
 * through the graph together, padded to the longest; what is padded is masked and not pooled. Pooling is done here in plain
 * Java, since ONNX Runtime's arrays have almost no mathematics in DJL.
 */
final class TextVectors {
    private static final Set<String> KNOWN_INPUTS = Set.of("input_ids", "attention_mask", "token_type_ids");
    /** Of one run, padding included: attention takes memory with the square of a text's length. */
    private static final int MOST_TOKENS = 4096;
    /** So many times their own tokens is what texts may be padded to; beyond, a run of their own is cheaper. */
    private static final double MOST_PADDED = 1.25;

    private final HuggingFaceTokenizer tokenizer;
    private final Graph graph;
    private final List<String> inputs;
    private final Pooling pooling;
    private final boolean normalize;
    private final boolean together;

    /** A text as the model takes it. */
    record Tokens(long[] ids, long[] types) {}

    TextVectors(Options options) throws LoadException {
        this.pooling = Pooling.of(options.text("pooling", "mean"));
        this.normalize = options.flag("normalize", true);
        this.tokenizer =
                tokenizer(options.file("tokenizer", "tokenizer.json"), options.whole("max_length", 256, 1, 8192));
        this.graph = new Graph(OnnxModel.load(options.file("model", "model.onnx")));
        this.inputs = List.copyOf(graph.inputs());
        if (!KNOWN_INPUTS.containsAll(inputs) || !inputs.contains("input_ids")) {
            throw new LoadException("the model's inputs are " + inputs + "; expected input_ids, and perhaps"
                    + " attention_mask and token_type_ids");
        }
        this.together = takesTwo();
    }

    /** Whether the graph takes several texts at once: it may be fixed to one. */
    boolean together() {
        return together;
    }

    private boolean takesTwo() {
        Tokens tokens = tokens("a");
        try {
            run(new int[] {0, 1}, 0, 2, List.of(tokens, tokens), new float[2][]);
            return true;
        } catch (TranslateException | RuntimeException e) {
            return false;
        }
    }

    Tokens tokens(String text) {
        Encoding encoding = tokenizer.encode(text);
        return new Tokens(encoding.getIds(), encoding.getTypeIds());
    }

    /** A vector for each text, in their order. */
    float[][] of(List<Tokens> texts) throws TranslateException {
        float[][] vectors = new float[texts.size()][];
        int[] byLength = IntStream.range(0, texts.size())
                .boxed()
                .sorted(Comparator.comparingInt(i -> texts.get(i).ids().length))
                .mapToInt(Integer::intValue)
                .toArray();
        int begin = 0;
        while (begin < byLength.length) {
            int end = end(byLength, begin, texts);
            run(byLength, begin, end, texts, vectors);
            begin = end;
        }
        return vectors;
    }

    /** Behind the last text, by length, that goes along with the one at {@code begin}. */
    private int end(int[] byLength, int begin, List<Tokens> texts) {
        int own = 0;
        int end = begin;
        while (end < byLength.length) {
            int length = texts.get(byLength[end]).ids().length;
            own += length;
            int padded = length * (end - begin + 1);
            // Where the graph takes no mask, padding would count as text.
            double most = inputs.contains("attention_mask") ? MOST_PADDED * own : own;
            if (end > begin && (!together || padded > MOST_TOKENS || padded > most)) {
                break;
            }
            end++;
        }
        return end;
    }

    private void run(int[] places, int begin, int end, List<Tokens> texts, float[][] vectors)
            throws TranslateException {
        int count = end - begin;
        int length = texts.get(places[end - 1]).ids().length;
        long[] ids = new long[count * length];
        long[] mask = new long[count * length];
        long[] types = new long[count * length];
        for (int i = 0; i < count; i++) {
            Tokens text = texts.get(places[begin + i]);
            System.arraycopy(text.ids(), 0, ids, i * length, text.ids().length);
            System.arraycopy(text.types(), 0, types, i * length, text.ids().length);
            Arrays.fill(mask, i * length, i * length + text.ids().length, 1);
        }
        List<Graph.Fed> fed = new ArrayList<>();
        for (String name : inputs) {
            long[] numbers = switch (name) {
                case "input_ids" -> ids;
                case "attention_mask" -> mask;
                default -> types;
            };
            fed.add(new Graph.Fed(name, numbers, count, length));
        }
        Graph.Made made = graph.run(fed.toArray(Graph.Fed[]::new)).getFirst();
        int width = (int) made.shape()[made.shape().length - 1];
        // A graph that pools by itself gives one vector a text.
        int each = made.numbers().length / count;
        for (int i = 0; i < count; i++) {
            int tokens = Math.min(texts.get(places[begin + i]).ids().length, each / width);
            float[] vector = pooling.pool(made.numbers(), i * each, tokens, width);
            vectors[places[begin + i]] = normalize ? Pooling.normalized(vector) : vector;
        }
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
}
