package io.algomat.workers;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What a sandbox is built around.
 *
 * @param mounts what it sees beside the C library's folders
 * @param environment all of its environment variables
 * @param limits what it may take; the size of /tmp, open files and the largest file are fixed with the sandbox, the rest
 *     is its control group's
 * @param entrances of its control group; none where the machine has no control groups
 */
record Cell(List<Mount> mounts, Map<String, String> environment, Limits limits, List<Path> entrances) {
    Cell {
        mounts = List.copyOf(mounts);
        environment = Map.copyOf(environment);
        entrances = List.copyOf(entrances);
    }
}
