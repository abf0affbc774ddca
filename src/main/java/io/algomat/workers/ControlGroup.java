package io.algomat.workers;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The kernel's account of one sandbox, and what bounds its memory, processes and processor time. */
interface ControlGroup {
    /** Files that a process writes its id to in order to come in; its children come with it. */
    List<Path> entrances();

    /** Sets the bounds; may be called while processes run inside. */
    void limit(Limits limits);

    /** A call begins: what was used or exceeded before it is no longer told. */
    void begin();

    /**
     * The error type of a limit that was hit since {@link #begin}: {@code OutOfMemoryError}, {@code ProcessLimitError}, or
     * {@code CpuLimitError} when the call has used more than its processor time. Whoever asks is told the same.
     */
    @Nullable
    String exceeded();

    /** What it holds now; 0 where nobody counts. */
    long memoryBytes();

    /** Processor time since it was made; 0 where nobody counts. */
    long cpuNanos();

    /** Ends every process inside. */
    void kill();

    /** Ends every process inside and removes the group; waits until they are gone, a second at most. */
    void close();
}
