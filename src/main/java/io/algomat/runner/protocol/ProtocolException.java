package io.algomat.runner.protocol;

import java.io.IOException;

/** The other end broke the protocol; the connection is of no more use. */
public final class ProtocolException extends IOException {
    private static final long serialVersionUID = 1L;

    public ProtocolException(String message) {
        super(message);
    }
}
