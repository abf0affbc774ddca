package io.algomat.workers;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The Node.js that builds run on. */
final class BuildNode {
    private BuildNode() {}

    static List<Mount> mounts() throws BuildFailed, IOException {
        Path node = HostProgram.find("node")
                .orElseThrow(() -> new BuildFailed("Node.js is not installed on this machine; ask the operator"));
        return List.of(Mount.readOnly(node.toRealPath(), "/node/bin/node"));
    }
}
