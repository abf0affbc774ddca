package io.algomat.workers;

/** A worker that never took a call. */
final class StartFailed extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean algorithmAtFault;
    private final String stacktrace;
    private final String log;

    private StartFailed(String message, boolean algorithmAtFault, String stacktrace, String log) {
        super(message, null, false, false);
        this.algorithmAtFault = algorithmAtFault;
        this.stacktrace = stacktrace;
        this.log = log;
    }

    /**
     * The task refused its model or options.
     *
     * @param log what the worker had written until then
     */
    static StartFailed loading(String message, String stacktrace, String log) {
        return new StartFailed(message, true, stacktrace, log);
    }

    /** The process died or hung before it could tell why. */
    static StartFailed process(String message) {
        return new StartFailed(message, false, "", "");
    }

    boolean algorithmAtFault() {
        return algorithmAtFault;
    }

    String stacktrace() {
        return stacktrace;
    }

    String log() {
        return log;
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
