package io.algomat.workers;

import io.algomat.runner.protocol.Failure;

/** What a call is told when its worker went beyond a limit that the kernel holds. */
final class LimitHit {
    /** What went beyond what a call may write. */
    static final String OUTPUT = "OutputLimitError";

    private LimitHit() {}

    /** Whether the process serves no other call after it: what it is full of, or has begun, stays in it. */
    static boolean uses(String errorType) {
        return errorType.equals("OutOfMemoryError")
                || errorType.equals("ProcessLimitError")
                || errorType.equals("CpuLimitError")
                || errorType.equals(OUTPUT)
                || errorType.equals("SystemExit");
    }

    /** @param errorType as {@link ControlGroup#exceeded} tells it */
    static Worker.Reply.Failed reply(String errorType) {
        String message = switch (errorType) {
            case "OutOfMemoryError" -> "The algorithm used more memory than its version may";
            case "ProcessLimitError" -> "The algorithm started more processes and threads than it may";
            case "CpuLimitError" -> "The algorithm used more processor time than one call may";
            case OUTPUT -> "The algorithm wrote more to stdout and stderr than one call may";
            default -> "The algorithm went beyond a limit";
        };
        return new Worker.Reply.Failed(new Failure(0, errorType, message, ""), "");
    }
}
