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

    /** How much a group counts where several want the processors; where nobody else does it has all of them anyhow. */
    void weigh(String group, Weight weight);

    GroupCounters.Files counters(String group);

    long memoryBytes(String group);

    /** Against another sandbox. */
    enum Weight {
        USUAL,
        /** A sixteenth. */
        LOW
    }
}
