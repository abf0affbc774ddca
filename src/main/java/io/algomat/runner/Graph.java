package io.algomat.runner;

import ai.djl.Model;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.translate.Batchifier;
import ai.djl.translate.TranslateException;
import ai.djl.translate.Translator;
import ai.djl.translate.TranslatorContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A loaded model for tasks that do their own arithmetic: named arrays in, arrays out, no engine's types in between. */
final class Graph {
    private final Predictor<List<Fed>, List<Made>> predictor;
    private final Model model;

    /** An input; {@code numbers} is a {@code float[]} or a {@code long[]} in row-major order. */
    record Fed(String name, Object numbers, long... shape) {}

    /** An output, in the order in which the model lists them. */
    record Made(String name, float[] numbers, long[] shape) {}

    Graph(Model model) {
        this.model = model;
        this.predictor = model.newPredictor(new Numbers());
    }

    /** The names of an ONNX graph's inputs; TorchScript has none to tell. */
    Set<String> inputs() {
        return OnnxModel.inputNames(model);
    }

    /** Inputs in the model's own order; names count for ONNX alone. */
    List<Made> run(Fed... fed) throws TranslateException {
        return predictor.predict(List.of(fed));
    }

    private static final class Numbers implements Translator<List<Fed>, List<Made>> {
        @Override
        public NDList processInput(TranslatorContext context, List<Fed> fed) {
            NDList list = new NDList(fed.size());
            for (Fed each : fed) {
                Shape shape = new Shape(each.shape());
                NDArray array = each.numbers() instanceof long[] whole
                        ? context.getNDManager().create(whole, shape)
                        : context.getNDManager().create((float[]) each.numbers(), shape);
                array.setName(each.name());
                list.add(array);
            }
            return list;
        }

        @Override
        public List<Made> processOutput(TranslatorContext context, NDList list) {
            List<Made> made = new ArrayList<>(list.size());
            for (NDArray array : list) {
                String name = array.getName() == null ? "" : array.getName();
                made.add(new Made(name, array.toFloatArray(), array.getShape().getShape()));
            }
            return made;
        }

        @Override
        public @Nullable Batchifier getBatchifier() {
            return null;
        }
    }
}
