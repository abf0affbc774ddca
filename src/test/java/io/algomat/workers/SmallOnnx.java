package io.algomat.workers;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** A graph of one node, in the bytes of ONNX: small enough to be written by hand. */
final class SmallOnnx {
    private static final int FLOAT = 1;
    private static final int INT = 2;
    private static final int INTS = 7;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private SmallOnnx() {}

    /** The mean of each of three planes: any number of pictures [n,3,8,8] in, [n,3] out. */
    static byte[] colours() {
        SmallOnnx axes =
                new SmallOnnx().text(1, "axes").number(8, 2).number(8, 3).number(20, INTS);
        SmallOnnx flat = new SmallOnnx().text(1, "keepdims").number(3, 0).number(20, INT);
        SmallOnnx node = new SmallOnnx()
                .text(1, "pictures")
                .text(2, "scores")
                .text(4, "ReduceMean")
                .part(5, axes)
                .part(5, flat);
        SmallOnnx graph = new SmallOnnx()
                .part(1, node)
                .text(2, "colours")
                .part(11, array("pictures", 3, 8, 8))
                .part(12, array("scores", 3));
        return new SmallOnnx()
                .number(1, 8)
                .part(8, new SmallOnnx().number(2, 13))
                .part(7, graph)
                .out
                .toByteArray();
    }

    /** A named array of floats whose first dimension may be any. */
    private static SmallOnnx array(String name, int... sizes) {
        SmallOnnx shape = new SmallOnnx().part(1, new SmallOnnx().text(2, "n"));
        for (int size : sizes) {
            shape.part(1, new SmallOnnx().number(1, size));
        }
        SmallOnnx tensor = new SmallOnnx().number(1, FLOAT).part(2, shape);
        return new SmallOnnx().text(1, name).part(2, new SmallOnnx().part(1, tensor));
    }

    private SmallOnnx number(int field, int value) {
        out.writeBytes(variable(field << 3));
        out.writeBytes(variable(value));
        return this;
    }

    private SmallOnnx text(int field, String text) {
        return bytes(field, text.getBytes(StandardCharsets.UTF_8));
    }

    private SmallOnnx part(int field, SmallOnnx part) {
        return bytes(field, part.out.toByteArray());
    }

    private SmallOnnx bytes(int field, byte[] bytes) {
        out.writeBytes(variable(field << 3 | 2));
        out.writeBytes(variable(bytes.length));
        out.writeBytes(bytes);
        return this;
    }

    private static byte[] variable(int value) {
        return value < 0x80 ? new byte[] {(byte) value} : new byte[] {(byte) (value | 0x80), (byte) (value >> 7)};
    }
}
