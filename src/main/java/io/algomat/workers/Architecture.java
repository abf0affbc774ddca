package io.algomat.workers;

import org.jspecify.annotations.Nullable;

/** Processors whose system calls the sandbox's filter knows. */
enum Architecture {
    X86_64(0xC000003E),
    AARCH64(0xC00000B7);

    /** How the kernel names it to a filter. */
    final int audit;

    Architecture(int audit) {
        this.audit = audit;
    }

    /** Null on any other processor. */
    static @Nullable Architecture ofThisMachine() {
        return switch (System.getProperty("os.arch", "")) {
            case "amd64", "x86_64" -> X86_64;
            case "aarch64", "arm64" -> AARCH64;
            default -> null;
        };
    }
}
