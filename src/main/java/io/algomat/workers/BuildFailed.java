package io.algomat.workers;

import java.io.Serial;

/** A build that cannot give a result, in the words of the publisher's log. */
public final class BuildFailed extends Exception {
    @Serial
    private static final long serialVersionUID = 1;

    public BuildFailed(String reason) {
        super(reason);
    }

    public String reason() {
        return String.valueOf(getMessage());
    }
}
