package io.algomat.runner;

import org.jspecify.annotations.Nullable;

/** What a publisher's code threw, as the caller is told it; the cause is for the publisher alone. */
public final class AlgorithmFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private final String errorType;

    /** @param errorType one of Algorithmia's names; the gateway takes any other for {@code AlgorithmError} */
    public AlgorithmFailure(String errorType, @Nullable String message, Throwable cause) {
        super(message == null || message.isBlank() ? cause.toString() : message, cause);
        this.errorType = errorType;
    }

    public String errorType() {
        return errorType;
    }
}
