package io.algomat.workers;

/** A sandbox whose process runs and has loaded nothing yet. It becomes one worker, or is stopped. */
interface Spare {
    /** Goes on as a worker of this version; where its process has died, another is started. Returns at once. */
    void become(WorkerSpec spec, WorkerStarter.Events events);

    /** Ends the process; {@link SpareStarter.Events#gone} tells when it is gone. */
    void stop();
}
