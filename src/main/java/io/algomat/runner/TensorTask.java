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
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A bare graph, numbers in and numbers out, in the JSON form of the Open Inference Protocol. Calls run together only where
 * the manifest says that they may: no graph tells whether its first dimension counts independent things.
 */
final class TensorTask implements BatchTask<List<Tensor>> {
    private static final String EXPECTED =
            "expected {\"inputs\": [{\"name\": \"…\", \"shape\": [1, 2], \"datatype\": \"FP32\", \"data\": [0.5, 1]}]}";

    private final Set<String> names;
    private final Predictor<List<Tensor>, List<Tensor>> predictor;
    private final int largestBatch;

    TensorTask(Options options) throws LoadException {
        options.allow(Set.of("model", "largest_batch"));
        Model model = OnnxModel.load(options.file("model", "model.onnx"));
        this.names = OnnxModel.inputNames(model);
        this.predictor = model.newPredictor(new Numbers());
        this.largestBatch = options.largestBatch(1, true);
    }

    @Override
    public int largestBatch() {
        return largestBatch;
    }

    @Override
    public List<Tensor> prepare(Value input) throws InputException {
        if (input.kind() != Kind.JSON) {
            throw new InputException("The input is no JSON: " + EXPECTED);
        }
        return read(Json.object(Json.parse(input.utf8()), EXPECTED));
    }

    /** Calls whose shapes agree but for the first dimension go through the graph as one. */
    @Override
    public List<Value> together(List<List<Tensor>> calls) throws InputException, TranslateException {
        Map<String, Stack> stacks = new LinkedHashMap<>();
        Value[] values = new Value[calls.size()];
        for (int i = 0; i < values.length; i++) {
            stacks.computeIfAbsent(Stack.shape(calls.get(i)), shape -> new Stack())
                    .add(i, calls.get(i));
        }
        for (Stack stack : stacks.values()) {
            List<List<Tensor>> outputs = stack.split(predict(stack.inputs()));
            for (int i = 0; i < outputs.size(); i++) {
                values[stack.place(i)] = answer(outputs.get(i));
            }
        }
        return Arrays.asList(values);
    }

    private static Value answer(List<Tensor> tensors) {
        JsonArray outputs = new JsonArray();
        for (Tensor tensor : tensors) {
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
