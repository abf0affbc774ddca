package io.algomat.workers;

/** The process went away with the call in hand. */
final class WorkerDied extends Exception {
    private static final long serialVersionUID = 1L;

    WorkerDied(String message) {
        super(message, null, false, false);
    }
}
