package io.algomat.runner;

import ai.djl.Model;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.translate.Batchifier;
import ai.djl.translate.TranslateException;
import ai.djl.translate.Translator;
import ai.djl.translate.TranslatorContext;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.algomat.runner.protocol.Kind;
import io.algomat.runner.protocol.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A bare graph, numbers in and numbers out, in the JSON form of the Open Inference Protocol. */
final class TensorTask implements Task {
    private static final String EXPECTED =
            "expected {\"inputs\": [{\"name\": \"…\", \"shape\": [1, 2], \"datatype\": \"FP32\", \"data\": [0.5, 1]}]}";

    private final Set<String> names;
    private final Predictor<List<Tensor>, List<Tensor>> predictor;

    TensorTask(Options options) throws LoadException {
        options.allow(Set.of("model"));
        Model model = OnnxModel.load(options.file("model", "model.onnx"));
        this.names = OnnxModel.inputNames(model);
        this.predictor = model.newPredictor(new Numbers());
    }

    @Override
    public Value run(Value input) throws InputException, TranslateException {
        if (input.kind() != Kind.JSON) {
            throw new InputException("The input is no JSON: " + EXPECTED);
        }
        List<Tensor> tensors = read(Json.object(Json.parse(input.utf8()), EXPECTED));
        JsonArray outputs = new JsonArray();
        for (Tensor tensor : predict(tensors)) {
            outputs.add(tensor.json());
        }
        JsonObject json = new JsonObject();
        json.add("outputs", outputs);
        return Value.json(Json.write(json));
    }

    private List<Tensor> predict(List<Tensor> tensors) throws InputException, TranslateException {
        try {
            return predictor.predict(tensors);
        } catch (TranslateException e) {
            // ONNX Runtime refuses shapes and types when it runs; its message names the input.
            Throwable cause = e;
            while (cause.getCause() != null) {
                cause = cause.getCause();
            }
            String message = String.valueOf(cause.getMessage());
            if (message.contains("INVALID_ARGUMENT")) {
                throw new InputException("The model refuses the input: " + message);
            }
            throw e;
        }
    }

    private List<Tensor> read(JsonObject json) throws InputException {
        if (!(json.get("inputs") instanceof JsonArray inputs)) {
            throw new InputException("The member 'inputs' is missing or no array: " + EXPECTED);
        }
        List<Tensor> tensors = new ArrayList<>();
        Set<String> given = new TreeSet<>();
        for (JsonElement input : inputs) {
            Tensor tensor = Tensor.read(Json.object(input, EXPECTED));
            tensors.add(tensor);
            given.add(tensor.name());
        }
        if (given.size() != tensors.size() || !given.equals(names)) {
            throw new InputException("The inputs are " + given + ": expected is each of " + names + " once");
        }
        return tensors;
    }

    private static final class Numbers implements Translator<List<Tensor>, List<Tensor>> {
        @Override
        public NDList processInput(TranslatorContext context, List<Tensor> inputs) {
            NDList list = new NDList(inputs.size());
            for (Tensor input : inputs) {
                NDArray array = array(context.getNDManager(), input);
                array.setName(input.name());
                list.add(array);
            }
            return list;
        }

        @Override
        public List<Tensor> processOutput(TranslatorContext context, NDList list) {
            return list.stream()
                    .map(array -> new Tensor(
                            array.getName(), array.getShape().getShape(), array.getDataType(), array.toByteBuffer()))
                    .toList();
        }

        @Override
        public @Nullable Batchifier getBatchifier() {
            return null;
        }

        private static NDArray array(NDManager manager, Tensor input) {
            Shape shape = new Shape(input.shape());
            DataType type = input.type();
            return manager.create(type.asDataType(input.data()), shape, type);
        }
    }
}
