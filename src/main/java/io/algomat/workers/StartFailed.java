package io.algomat.workers;

/** A worker that never took a call. */
final class StartFailed extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean algorithmAtFault;
    private final String stacktrace;

    private StartFailed(String message, boolean algorithmAtFault, String stacktrace) {
        super(message, null, false, false);
        this.algorithmAtFault = algorithmAtFault;
        this.stacktrace = stacktrace;
    }

    /** The task refused its model or options. */
    static StartFailed loading(String message, String stacktrace) {
        return new StartFailed(message, true, stacktrace);
    }

    /** The process died or hung before it could tell why. */
    static StartFailed process(String message) {
        return new StartFailed(message, false, "");
    }

    boolean algorithmAtFault() {
        return algorithmAtFault;
    }

    String stacktrace() {
        return stacktrace;
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
