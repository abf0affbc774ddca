package io.algomat.runner.code;

/** A nested call failed in its algorithm, or was refused by the platform. */
public final class NestedCallFailed extends Exception {
    private static final long serialVersionUID = 1L;

    private final String errorType;

    NestedCallFailed(String errorType, String message) {
        super(message);
        this.errorType = errorType;
    }

    /** Algorithmia's name where the algorithm failed, a slug such as {@code payment-required} where it was refused. */
    public String errorType() {
        return errorType;
    }
}
