package io.algomat.workers;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A real sandbox that waits. Its folder goes with its process, whatever became of it. */
final class SpareProcess implements Spare {
    private final ProcessStarter starter;
    private final BegunProcess begun;
    private final @Nullable Path folder;
    private final AtomicBoolean taken = new AtomicBoolean();

    /** @param folder what it sees as its bundle, still empty; null where it sees the bundle itself */
    SpareProcess(ProcessStarter starter, BegunProcess begun, @Nullable Path folder) {
        this.starter = starter;
        this.begun = begun;
        this.folder = folder;
    }

    /** From now on it may be taken. */
    void offer(SpareStarter.Events events) {
        events.ready(this);
        begun.process()
                .onExit()
                .thenRunAsync(
                        () -> {
                            if (folder != null) {
                                SpareFolder.delete(folder);
                            }
                            if (!taken.get()) {
                                events.gone();
                            }
                        },
                        Thread::startVirtualThread);
    }

    @Override
    public void become(WorkerSpec spec, WorkerStarter.Events events) {
        taken.set(true);
        starter.become(begun, folder, spec, events);
    }

    @Override
    public void stop() {
        begun.process().destroyForcibly();
    }
}
