package io.algomat.runner;

import ai.djl.ndarray.types.DataType;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;

/** A named array of numbers; the data lies in native byte order, as the engine wants it. */
record Tensor(String name, long[] shape, DataType type, ByteBuffer data) {
    private static final int MOST_ELEMENTS = 16 << 20;

    private static final Map<String, DataType> TYPES = Map.of(
            "FP32", DataType.FLOAT32,
            "FP64", DataType.FLOAT64,
            "INT64", DataType.INT64,
            "INT32", DataType.INT32,
            "INT8", DataType.INT8,
            "UINT8", DataType.UINT8,
            "BOOL", DataType.BOOLEAN);

    /** @throws InputException naming the input and the member that is wrong */
    static Tensor read(JsonObject json) throws InputException {
        String name = Json.string(json.get("name"));
        if (name == null) {
            throw new InputException("An input has no name");
        }
        String typeName = String.valueOf(Json.string(json.get("datatype")));
        DataType type = TYPES.get(typeName);
        if (type == null) {
            throw new InputException("Input '" + name + "': the datatype is " + typeName
                    + "; expected one of FP32, FP64, INT64, INT32, INT8, UINT8, BOOL");
        }
        long[] shape = shape(name, json.get("shape"));
        long count = 1;
        for (long size : shape) {
            count = Math.multiplyExact(count, size);
        }
        if (!(json.get("data") instanceof JsonArray data) || data.size() != count) {
            throw new InputException(
                    "Input '" + name + "': expected was 'data', a flat array of " + count + " numbers");
        }
        ByteBuffer bytes =
                ByteBuffer.allocateDirect(data.size() * type.getNumOfBytes()).order(ByteOrder.nativeOrder());
        for (JsonElement element : data) {
            put(bytes, type, name, element);
        }
        return new Tensor(name, shape, type, bytes.flip());
    }

    JsonObject json() {
        JsonArray sizes = new JsonArray();
        for (long size : shape) {
            sizes.add(size);
        }
        ByteBuffer in = data.order(ByteOrder.nativeOrder());
        JsonArray numbers = new JsonArray();
        while (in.hasRemaining()) {
            numbers.add(next(in));
        }
        JsonObject json = new JsonObject();
        json.addProperty("name", name);
        json.add("shape", sizes);
        json.addProperty("datatype", typeName());
        json.add("data", numbers);
        return json;
    }

    private static long[] shape(String name, JsonElement element) throws InputException {
        if (element instanceof JsonArray sizes && sizes.size() <= 8) {
            long[] shape = new long[sizes.size()];
            double count = 1;
            boolean whole = true;
            for (int i = 0; i < shape.length; i++) {
                double size = sizes.get(i) instanceof JsonPrimitive number && number.isNumber()
                        ? number.getAsDouble()
                        : Double.NaN;
                whole &= size >= 0 && size == Math.rint(size);
                shape[i] = (long) size;
                count *= size;
            }
            if (whole && count <= MOST_ELEMENTS) {
                return shape;
            }
        }
        throw new InputException("Input '" + name + "': the shape is " + element
                + "; expected an array of up to 8 whole numbers, " + MOST_ELEMENTS + " elements in all");
    }

    private static void put(ByteBuffer out, DataType type, String name, JsonElement element) throws InputException {
        if (!(element instanceof JsonPrimitive primitive)
                || type == DataType.BOOLEAN != primitive.isBoolean()
                || type != DataType.BOOLEAN && !primitive.isNumber()) {
            throw new InputException("Input '" + name + "': the data hold " + element + ", which is no " + type);
        }
        try {
            switch (type) {
                case FLOAT32 -> out.putFloat(primitive.getAsFloat());
                case FLOAT64 -> out.putDouble(primitive.getAsDouble());
                case INT64 -> out.putLong(primitive.getAsBigDecimal().longValueExact());
                case INT32 -> out.putInt(primitive.getAsBigDecimal().intValueExact());
                case BOOLEAN -> out.put((byte) (primitive.getAsBoolean() ? 1 : 0));
                default -> out.put((byte) primitive.getAsBigDecimal().intValueExact());
            }
        } catch (ArithmeticException e) {
            throw new InputException("Input '" + name + "': the data hold " + element + ", which is no " + type);
        }
    }

    private JsonPrimitive next(ByteBuffer in) {
        return switch (type) {
            case FLOAT32 -> number(in.getFloat());
            case FLOAT64 -> number(in.getDouble());
            case INT64 -> new JsonPrimitive(in.getLong());
            case INT32 -> new JsonPrimitive(in.getInt());
            case INT8 -> new JsonPrimitive(in.get());
            case UINT8 -> new JsonPrimitive(Byte.toUnsignedInt(in.get()));
            case BOOLEAN -> new JsonPrimitive(in.get() != 0);
            default ->
                throw new IllegalStateException(
                        "the model's output '" + name + "' is " + type + ", which this task cannot write");
        };
    }

    /** JSON has no word for NaN and the infinities; a float is written as short as a float. */
    private static JsonPrimitive number(double value) {
        return Double.isFinite(value) ? new JsonPrimitive(value) : new JsonPrimitive(Double.toString(value));
    }

    private static JsonPrimitive number(float value) {
        return Float.isFinite(value) ? new JsonPrimitive(value) : new JsonPrimitive(Float.toString(value));
    }

    private String typeName() {
        return TYPES.entrySet().stream()
                .filter(entry -> entry.getValue() == type)
                .findFirst()
                .orElseThrow()
                .getKey();
    }
}
