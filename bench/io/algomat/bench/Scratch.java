package io.algomat.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/** A data folder that is thrown away. */
final class Scratch implements AutoCloseable {
    private final Path path;

    Scratch() throws IOException {
        this.path = Files.createTempDirectory("algomat-bench-");
    }

    Path path() {
        return path;
    }

    @Override
    public void close() throws IOException {
        try (var paths = Files.walk(path)) {
            for (Path each : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }
}
