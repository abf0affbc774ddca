package io.algomat.workers;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** JavaScript of a publisher, run by our program for Node.js. */
final class NodeLaunch implements RuntimeLaunch {
    private static final long OUTSIDE_MB = 64;
    private static final long LEAST_HEAP_MB = 24;

    @Override
    public Launch of(WorkerSpec spec, Places places) throws IOException, StartFailed {
        NodeHome node;
        try {
            node = NodeHome.find(spec.options().get("node"));
        } catch (MissingRuntime e) {
            throw e.start();
        }
        long memoryMb = spec.limits().memoryBytes() >> 20;
        List<String> command = new ArrayList<>(List.of(
                places.of(node.program(), NodeHome.SEEN),
                "--max-old-space-size=" + Math.max(LEAST_HEAP_MB, memoryMb - memoryMb / 8 - OUTSIDE_MB),
                places.runner() + "/node/main.js"));
        if (places.dependencies() != null) {
            command.add(places.dependencies());
        }
        command.add(places.socket());
        return new Launch(node.mounts(), Map.of("LANG", "C.UTF-8", "HOME", "/tmp"), command);
    }
}
