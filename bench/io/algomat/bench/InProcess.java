package io.algomat.bench;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.translate.Batchifier;
import ai.djl.translate.Translator;
import ai.djl.translate.TranslatorContext;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** MiniLM through DJL with nothing around it: what a program pays that holds the model itself. Each line has a session. */
final class InProcess implements AutoCloseable {
    private static final Path FOLDER = Path.of("target/samples/nlp-sentence-embedding");
    private static final String TEXT = "The weather is lovely today.";
    private static final List<String> INPUTS = List.of("input_ids", "attention_mask", "token_type_ids");

    private final HuggingFaceTokenizer tokenizer;

    InProcess() throws Exception {
        // As a worker has them: PyTorch is on this class path, and DJL would fetch its libraries for arithmetic.
        System.setProperty("ai.djl.onnx.disable_alternative", "true");
        System.setProperty("ai.djl.offline", "true");
        System.setProperty("OPT_OUT_TRACKING", "true");
        this.tokenizer = HuggingFaceTokenizer.builder()
                .optTokenizerPath(FOLDER.resolve("all-minilm-l6-v2-q-tokenizer.json"))
                .optPadding(false)
                .build();
    }

    /** @param texts how many go through the model at once */
    Load.Line line(int texts) throws Exception {
        Model model = Model.newInstance("minilm", Device.cpu(), "OnnxRuntime");
        model.load(
                FOLDER.toAbsolutePath(),
                "all-minilm-l6-v2-q",
                Map.of("intraOpNumThreads", "1", "interOpNumThreads", "1"));
        Predictor<List<String>, float[][]> predictor = model.newPredictor(new Embedder());
        List<String> input = Collections.nCopies(texts, TEXT);
        return new Load.Line() {
            @Override
            public void exchange() throws Exception {
                if (predictor.predict(input).length != texts) {
                    throw new IllegalStateException("The model lost a text");
                }
            }

            @Override
            public void close() {
                predictor.close();
                model.close();
            }
        };
    }

    @Override
    public void close() {
        tokenizer.close();
    }

    /** Every text has the same length here, so nothing is padded. */
    private final class Embedder implements Translator<List<String>, float[][]> {
        @Override
        public NDList processInput(TranslatorContext context, List<String> texts) {
            Encoding[] encodings = tokenizer.batchEncode(texts);
            int length = encodings[0].getIds().length;
            NDList list = new NDList();
            for (String name : INPUTS) {
                long[] numbers = new long[texts.size() * length];
                for (int i = 0; i < encodings.length; i++) {
                    long[] own = switch (name) {
                        case "input_ids" -> encodings[i].getIds();
                        case "attention_mask" -> encodings[i].getAttentionMask();
                        default -> encodings[i].getTypeIds();
                    };
                    System.arraycopy(own, 0, numbers, i * length, length);
                }
                NDArray array = context.getNDManager().create(numbers, new Shape(texts.size(), length));
                array.setName(name);
                list.add(array);
            }
            return list;
        }

        @Override
        public float[][] processOutput(TranslatorContext context, NDList list) {
            long[] shape = list.head().getShape().getShape();
            float[] numbers = list.head().toFloatArray();
            float[][] vectors = new float[(int) shape[0]][(int) shape[2]];
            for (int text = 0; text < shape[0]; text++) {
                double squares = 0;
                for (int i = 0; i < shape[2]; i++) {
                    float sum = 0;
                    for (int token = 0; token < shape[1]; token++) {
                        sum += numbers[(int) ((text * shape[1] + token) * shape[2] + i)];
                    }
                    vectors[text][i] = sum / shape[1];
                    squares += (double) vectors[text][i] * vectors[text][i];
                }
                float length = (float) Math.sqrt(squares);
                for (int i = 0; i < shape[2]; i++) {
                    vectors[text][i] /= length;
                }
            }
            return vectors;
        }

        @Override
        public @Nullable Batchifier getBatchifier() {
            return null;
        }
    }
}
