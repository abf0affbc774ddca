package io.algomat.workers;

/** Starts worker processes for the fleet; returns at once and tells later. */
interface WorkerStarter {
    /** Where a worker that was asked for reports. {@code exited} comes once, last, for each worker that was ready. */
    interface Events {
        void ready(Worker worker);

        void failed(StartFailed failure);

        /** All that the worker had in hand has been answered, and it can take the next. */
        void free();

        /** All that the worker had in hand has been answered, and it can serve no other call. */
        void spent();

        void exited();
    }

    void start(WorkerSpec spec, Events events);
}
