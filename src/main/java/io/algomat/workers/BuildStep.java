package io.algomat.workers;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One program of a build, run in a sandbox of its own.
 *
 * @param said what the log says when it begins
 * @param mounts its tools, beside the bundle, the work folder and the result
 * @param hosts the {@code host:port} that it may reach; none for a step without network
 */
record BuildStep(
        String said, List<String> program, List<Mount> mounts, Map<String, String> environment, Set<String> hosts) {
    BuildStep {
        program = List.copyOf(program);
        mounts = List.copyOf(mounts);
        environment = Map.copyOf(environment);
        hosts = Set.copyOf(hosts);
    }
}
