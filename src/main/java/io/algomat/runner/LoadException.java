package io.algomat.runner;

/** The task cannot be loaded as the manifest describes it; the message tells the publisher what was expected. */
public final class LoadException extends Exception {
    private static final long serialVersionUID = 1L;

    public LoadException(String message) {
        super(message);
    }

    public LoadException(String message, Throwable cause) {
        super(message, cause);
    }
}
