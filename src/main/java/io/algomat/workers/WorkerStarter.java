package io.algomat.workers;

/** Starts worker processes for the fleet; returns at once and tells later. */
interface WorkerStarter {
    /** Where a worker that was asked for reports. {@code exited} comes once, last, for each worker that was ready. */
    interface Events {
        void ready(Worker worker);

        void failed(StartFailed failure);

        /** An abandoned call has ended after all, and the worker can take the next. */
        void free();

        void exited();
    }

    void start(WorkerSpec spec, Events events);
}
