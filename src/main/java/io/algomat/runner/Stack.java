package io.algomat.runner;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Several calls' tensors as one set of tensors, one behind the other along the first dimension. */
final class Stack {
    private final List<Integer> places = new ArrayList<>();
    private final List<List<Tensor>> calls = new ArrayList<>();

    /** What must agree for tensors to be stacked: names, types, and all dimensions but the first. */
    static String shape(List<Tensor> tensors) {
        StringBuilder shape = new StringBuilder();
        long rows = rows(tensors);
        for (Tensor tensor : sorted(tensors)) {
            boolean stacks = tensor.shape().length > 0 && tensor.shape()[0] == rows && rows > 0;
            long[] rest = tensor.shape().length == 0
                    ? tensor.shape()
                    : Arrays.copyOfRange(tensor.shape(), 1, tensor.shape().length);
            shape.append(tensor.name()).append(tensor.type()).append(Arrays.toString(rest));
            if (!stacks) {
                // Rows that do not agree belong to no other call's.
                shape.append(System.identityHashCode(tensors));
            }
        }
        return shape.toString();
    }

    /** @param place the call's own among all that run together */
    void add(int place, List<Tensor> tensors) {
        places.add(place);
        calls.add(sorted(tensors));
    }

    int place(int call) {
        return places.get(call);
    }

    List<Tensor> inputs() {
        if (calls.size() == 1) {
            return calls.getFirst();
        }
        List<Tensor> inputs = new ArrayList<>();
        for (int i = 0; i < calls.getFirst().size(); i++) {
            int input = i;
            inputs.add(joined(calls.stream().map(call -> call.get(input)).toList()));
        }
        return inputs;
    }

    /** Each call's own rows of the outputs. */
    List<List<Tensor>> split(List<Tensor> outputs) {
        if (calls.size() == 1) {
            return List.of(outputs);
        }
        long all = calls.stream().mapToLong(Stack::rows).sum();
        List<List<Tensor>> split = new ArrayList<>();
        long begin = 0;
        for (List<Tensor> call : calls) {
            List<Tensor> own = new ArrayList<>();
            for (Tensor output : outputs) {
                own.add(rows(output, begin, rows(call), all));
            }
            split.add(own);
            begin += rows(call);
        }
        return split;
    }

    private static Tensor joined(List<Tensor> tensors) {
        ByteBuffer data = ByteBuffer.allocateDirect(tensors.stream()
                        .mapToInt(tensor -> tensor.data().remaining())
                        .sum())
                .order(ByteOrder.nativeOrder());
        long[] shape = tensors.getFirst().shape().clone();
        shape[0] = 0;
        for (Tensor tensor : tensors) {
            data.put(tensor.data().duplicate());
            shape[0] += tensor.shape()[0];
        }
        return new Tensor(tensors.getFirst().name(), shape, tensors.getFirst().type(), data.flip());
    }

    private static Tensor rows(Tensor output, long begin, long count, long all) {
        if (output.shape().length == 0 || output.shape()[0] != all) {
            throw new IllegalStateException("the model's output '" + output.name() + "' has the shape "
                    + Arrays.toString(output.shape()) + ", not a row for each of " + all
                    + "; 'largest_batch' must be 1");
        }
        int row = (int) (output.data().remaining() / all);
        ByteBuffer data = output.data()
                .slice(output.data().position() + (int) begin * row, (int) count * row)
                .order(ByteOrder.nativeOrder());
        long[] shape = output.shape().clone();
        shape[0] = count;
        return new Tensor(output.name(), shape, output.type(), data);
    }

    private static long rows(List<Tensor> tensors) {
        long[] shape = tensors.isEmpty() ? new long[0] : tensors.getFirst().shape();
        return shape.length == 0 ? 0 : shape[0];
    }

    private static List<Tensor> sorted(List<Tensor> tensors) {
        return tensors.stream().sorted(Comparator.comparing(Tensor::name)).toList();
    }
}
