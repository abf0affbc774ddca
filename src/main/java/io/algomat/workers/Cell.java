package io.algomat.workers;

import java.util.List;
import java.util.Map;

/**
 * What a sandbox is built around.
 *
 * @param mounts what it sees beside the C library's folders
 * @param environment all of its environment variables
 * @param temporaryBytes the size of its /tmp
 */
record Cell(List<Mount> mounts, Map<String, String> environment, long temporaryBytes) {
    Cell {
        mounts = List.copyOf(mounts);
        environment = Map.copyOf(environment);
    }
}
