package io.algomat.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** A folder of bundles for a gateway to publish: samples of the build, as they are or changed. */
final class StagedSamples implements AutoCloseable {
    /** As the build puts them together, with models that come from Maven jars. */
    private static final Path BUILT = Path.of("target/samples");

    private static final String ECHO = "demo-echo";

    private final Scratch scratch = new Scratch();

    /** Holds the echo already: a gateway tells its guest key when that answers. */
    StagedSamples() throws IOException {
        add(ECHO, ECHO, manifest -> manifest);
    }

    Path path() {
        return scratch.path();
    }

    /**
     * @param folder of the sample
     * @param as the folder's name here
     * @param change of the manifest's text
     */
    StagedSamples add(String folder, String as, UnaryOperator<String> change) throws IOException {
        Path from = BUILT.resolve(folder);
        Path to = path().resolve(as);
        try (Stream<Path> paths = Files.walk(from)) {
            for (Path path : paths.toList()) {
                Path target = to.resolve(from.relativize(path).toString());
                if (Files.isDirectory(path)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(path, target);
                }
            }
        }
        Path manifest = to.resolve("algomat.yaml");
        Files.writeString(manifest, change.apply(Files.readString(manifest)));
        return this;
    }

    /**
     * A bundle that the benchmark writes itself.
     *
     * @param program the path of its one source
     */
    void write(String name, String manifest, String program, String source) throws IOException {
        Path folder = Files.createDirectory(path().resolve(name));
        Path file = folder.resolve(program);
        Files.createDirectories(file.getParent());
        Files.writeString(folder.resolve("algomat.yaml"), manifest);
        Files.writeString(folder.resolve("README.md"), "# For a benchmark\n");
        Files.writeString(file, source);
    }

    @Override
    public void close() throws IOException {
        scratch.close();
    }
}
