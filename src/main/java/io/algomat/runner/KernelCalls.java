package io.algomat.runner;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** System calls by their numbers, past everything that a library would keep from making them. */
final class KernelCalls {
    private static final MethodHandle SYSCALL = syscall();

    private KernelCalls() {}

    private static MethodHandle syscall() {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(
                linker.defaultLookup().findOrThrow("syscall"),
                FunctionDescriptor.of(
                        ValueLayout.JAVA_LONG,
                        ValueLayout.JAVA_LONG,
                        ValueLayout.JAVA_LONG,
                        ValueLayout.JAVA_LONG,
                        ValueLayout.JAVA_LONG,
                        ValueLayout.JAVA_LONG,
                        ValueLayout.JAVA_LONG),
                Linker.Option.firstVariadicArg(1));
    }

    /** Whether the kernel did it. */
    static boolean done(long number, long first, long second, long third, long fourth, long fifth) {
        try {
            return (long) SYSCALL.invokeExact(number, first, second, third, fourth, fifth) >= 0;
        } catch (Throwable e) {
            throw new IllegalStateException("the C library's syscall cannot be called", e);
        }
    }

    /** A text as C has it; it lives as long as the process. */
    static long text(String text) {
        return Arena.global().allocateFrom(text).address();
    }

    /** Zeros that live as long as the process. */
    static long zeros(long bytes) {
        return Arena.global().allocate(bytes, Long.BYTES).address();
    }

    /** Takes memory outside of the heap, and writes to it so that the kernel must give it. */
    static void take(long bytes) {
        MemorySegment taken = Arena.global().allocate(bytes, Long.BYTES);
        taken.fill((byte) 1);
    }
}
