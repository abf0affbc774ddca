package com.algorithmia;

/** The algorithm that was called failed. */
public class AlgorithmException extends APIException {
    private static final long serialVersionUID = 1L;

    public AlgorithmException(String message) {
        super(message);
    }
}
