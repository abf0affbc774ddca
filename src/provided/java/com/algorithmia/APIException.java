package com.algorithmia;

/** A call of another algorithm was refused or failed. */
public class APIException extends Exception {
    private static final long serialVersionUID = 1L;

    public APIException(String message) {
        super(message);
    }
}
