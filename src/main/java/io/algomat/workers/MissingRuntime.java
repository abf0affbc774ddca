package io.algomat.workers;

import java.io.Serial;

/** A language or a version of it that this machine does not have. */
final class MissingRuntime extends Exception {
    @Serial
    private static final long serialVersionUID = 1;

    /** @param remedy what the publisher or the operator can do */
    MissingRuntime(String missing, String remedy) {
        super(missing + " is not installed on this machine; " + remedy, null, false, false);
    }

    BuildFailed build() {
        return new BuildFailed(reason());
    }

    StartFailed start() {
        return StartFailed.loading(reason(), "", "");
    }

    private String reason() {
        return String.valueOf(getMessage());
    }
}
