package io.algomat.runner;

/** The input is not what the task takes; the message tells the caller what was expected. */
public final class InputException extends Exception {
    private static final long serialVersionUID = 1L;

    public InputException(String message) {
        super(message);
    }
}
