package io.algomat.workers;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Assembles a program of the kernel's classic packet filter, as seccomp runs it: forward jumps to labels only, each at most
 * 255 instructions away. An instruction is 8 bytes: code u16, jump if true u8, jump if false u8, constant u32.
 */
final class FilterAssembler {
    private static final int LOAD_WORD = 0x20;
    private static final int JUMP_IF_EQUAL = 0x15;
    private static final int JUMP_IF_AT_LEAST = 0x35;
    private static final int JUMP_IF_ANY_BIT = 0x45;
    private static final int RETURN = 0x06;
    private static final int SIZE = 8;
    private static final int FARTHEST = 255;

    /** Where a jump does not go anywhere but on. */
    private static final String NEXT = "";

    private record Instruction(int code, String ifTrue, String ifFalse, int constant) {}

    private final List<Instruction> program = new ArrayList<>();
    private final Map<String, Integer> labels = new HashMap<>();

    /** Loads the 32 bits at an offset of what the kernel tells about a system call. */
    FilterAssembler load(int offset) {
        return add(LOAD_WORD, NEXT, NEXT, offset);
    }

    FilterAssembler ifEqual(int value, String label) {
        return add(JUMP_IF_EQUAL, label, NEXT, value);
    }

    FilterAssembler unlessEqual(int value, String label) {
        return add(JUMP_IF_EQUAL, NEXT, label, value);
    }

    /** Compares without sign. */
    FilterAssembler ifAtLeast(int value, String label) {
        return add(JUMP_IF_AT_LEAST, label, NEXT, value);
    }

    FilterAssembler ifAnyBit(int mask, String label) {
        return add(JUMP_IF_ANY_BIT, label, NEXT, mask);
    }

    FilterAssembler answer(int action) {
        return add(RETURN, NEXT, NEXT, action);
    }

    FilterAssembler label(String name) {
        if (labels.put(name, program.size()) != null) {
            throw new IllegalArgumentException("the label " + name + " stands twice");
        }
        return this;
    }

    private FilterAssembler add(int code, String ifTrue, String ifFalse, int constant) {
        program.add(new Instruction(code, ifTrue, ifFalse, constant));
        return this;
    }

    /** In the byte order of both processors that we know. */
    byte[] bytes() {
        ByteBuffer out = ByteBuffer.allocate(program.size() * SIZE).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < program.size(); i++) {
            Instruction instruction = program.get(i);
            out.putShort((short) instruction.code)
                    .put(distance(i, instruction.ifTrue))
                    .put(distance(i, instruction.ifFalse))
                    .putInt(instruction.constant);
        }
        return out.array();
    }

    private byte distance(int from, String label) {
        if (label.isEmpty()) {
            return 0;
        }
        Integer to = labels.get(label);
        int distance = to == null ? -1 : to - from - 1;
        if (distance < 0 || distance > FARTHEST) {
            throw new IllegalStateException("no jump from " + from + " to the label " + label);
        }
        return (byte) distance;
    }
}
