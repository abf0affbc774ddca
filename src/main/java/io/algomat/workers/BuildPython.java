package io.algomat.workers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A Python of this machine and how a build sees it. */
record BuildPython(Path program, List<Mount> mounts) {
    static BuildPython find(@Nullable String version) throws BuildFailed, IOException {
        for (Path program : candidates(version)) {
            Path real = program.toRealPath();
            Path prefix = HostProgram.home(program);
            String name = real.getFileName().toString();
            Path library = prefix.resolve("lib").resolve(name);
            if (Files.isDirectory(library)) {
                List<Mount> mounts = prefix.equals(Path.of("/usr"))
                        ? List.of(
                                Mount.readOnly(real, "/python/bin/" + name),
                                Mount.readOnly(library, "/python/lib/" + name))
                        : List.of(Mount.readOnly(prefix, "/python"));
                return new BuildPython(real, mounts);
            }
        }
        throw new BuildFailed("Python " + (version == null ? "" : version + " ") + "is not installed on this machine");
    }

    private static List<Path> candidates(@Nullable String version) throws IOException {
        List<Path> found = new ArrayList<>();
        if (version == null) {
            found.addAll(List.of(Path.of("/usr/bin/python3"), Path.of("/usr/local/bin/python3")));
        } else {
            found.addAll(List.of(Path.of("/usr/bin/python" + version), Path.of("/usr/local/bin/python" + version)));
            Path versions = Path.of(System.getProperty("user.home"), ".pyenv/versions");
            if (Files.isDirectory(versions)) {
                try (Stream<Path> homes = Files.list(versions)) {
                    homes.sorted()
                            .map(home -> home.resolve("bin/python" + version))
                            .forEach(found::add);
                }
            }
        }
        return found.stream().filter(Files::isExecutable).toList();
    }
}
