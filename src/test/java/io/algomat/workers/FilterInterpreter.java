package io.algomat.workers;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Runs a filter as the kernel would; knows the instructions that seccomp programs are made of, and no others. */
final class FilterInterpreter {
    private final ByteBuffer program;

    FilterInterpreter(byte[] program) {
        this.program = ByteBuffer.wrap(program).order(ByteOrder.LITTLE_ENDIAN);
    }

    int instructions() {
        return program.limit() / 8;
    }

    /** What the kernel is told to do: the action, and an error number in its low half. */
    int answer(int architecture, int number, long... arguments) {
        ByteBuffer call = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
        call.putInt(number).putInt(architecture).putLong(0);
        for (long argument : arguments) {
            call.putLong(argument);
        }
        int accumulator = 0;
        for (int at = 0; at < instructions(); at++) {
            int code = Short.toUnsignedInt(program.getShort(8 * at));
            int ifTrue = Byte.toUnsignedInt(program.get(8 * at + 2));
            int ifFalse = Byte.toUnsignedInt(program.get(8 * at + 3));
            int constant = program.getInt(8 * at + 4);
            switch (code) {
                case 0x20 -> accumulator = call.getInt(constant);
                case 0x15 -> at += accumulator == constant ? ifTrue : ifFalse;
                case 0x35 -> at += Integer.compareUnsigned(accumulator, constant) >= 0 ? ifTrue : ifFalse;
                case 0x45 -> at += (accumulator & constant) != 0 ? ifTrue : ifFalse;
                case 0x06 -> {
                    return constant;
                }
                default -> throw new AssertionError("no instruction of ours: " + Integer.toHexString(code));
            }
        }
        throw new AssertionError("the program ended without an answer");
    }
}
