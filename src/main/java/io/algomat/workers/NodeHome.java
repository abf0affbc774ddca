package io.algomat.workers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A Node.js of this machine and how a sandbox sees it; builds and workers find the same one.
 *
 * @param program its file on the host
 */
record NodeHome(Path program) {
    static final String SEEN = "/node/bin/node";
    private static final int OLDEST = 20;
    /** By program: to ask takes as long as a worker's start. */
    private static final Map<Path, Integer> VERSIONS = new ConcurrentHashMap<>();

    /** @param version its major number as the manifest asks for it, or null for the machine's usual one */
    static NodeHome find(@Nullable String version) throws MissingRuntime, IOException {
        for (Path program : candidates()) {
            Path real = program.toRealPath();
            int major = VERSIONS.computeIfAbsent(real, NodeHome::ask);
            if (version == null ? major >= OLDEST : major == Integer.parseInt(version)) {
                return new NodeHome(real);
            }
        }
        throw new MissingRuntime(
                "Node.js " + (version == null ? OLDEST + " or later" : version),
                "set 'node' in the manifest to a version that is, or ask the operator");
    }

    List<Mount> mounts() {
        return List.of(Mount.readOnly(program, SEEN));
    }

    private static int ask(Path program) {
        try {
            String said = HostProgram.ask(Path.of("/"), List.of(program.toString(), "--version"));
            return Integer.parseInt(said.strip().replaceFirst("^v", "").split("\\.")[0]);
        } catch (BuildFailed | NumberFormatException e) {
            return 0;
        }
    }

    private static List<Path> candidates() throws IOException {
        List<Path> found = new ArrayList<>();
        HostProgram.find("node").ifPresent(found::add);
        found.addAll(List.of(Path.of("/usr/bin/node"), Path.of("/usr/local/bin/node")));
        Path versions = Path.of(System.getProperty("user.home"), ".nvm/versions/node");
        if (Files.isDirectory(versions)) {
            try (Stream<Path> homes = Files.list(versions)) {
                homes.sorted().map(home -> home.resolve("bin/node")).forEach(found::add);
            }
        }
        return found.stream().filter(Files::isExecutable).toList();
    }
}
