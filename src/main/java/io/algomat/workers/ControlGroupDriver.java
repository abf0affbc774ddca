package io.algomat.workers;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** What differs between the two versions of cgroups: where the files lie and what they are called. */
interface ControlGroupDriver {
    String version();

    /** The folders that each group has a folder of its name in; one for v2, one for each hierarchy of v1. */
    List<Path> folders();

    /** Makes the folders ready for groups below them. */
    void prepare() throws IOException;

    List<Path> entrances(String group);

    void limit(String group, Limits limits) throws IOException;

    /** Processes that the kernel killed for memory so far. */
    long memoryKills(String group);

    /** Processes and threads that were refused so far. */
    long refusedProcesses(String group);

    long memoryBytes(String group);

    long cpuNanos(String group);
}
