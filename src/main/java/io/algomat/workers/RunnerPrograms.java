package io.algomat.workers;

import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Our programs for workers in other languages, as the build put them on the class path. */
final class RunnerPrograms {
    private static final String FOLDER = "runners";
    private static final String ONE_OF_THEM = FOLDER + "/python/main.py";

    private RunnerPrograms() {}

    /** Each file's content by its path, such as {@code python/main.py}. */
    static Map<String, byte[]> all() throws IOException {
        URL known = RunnerPrograms.class.getClassLoader().getResource(ONE_OF_THEM);
        if (known == null) {
            throw new IOException("The build has no " + ONE_OF_THEM);
        }
        if (known.openConnection() instanceof JarURLConnection jar) {
            try (FileSystem files = FileSystems.newFileSystem(
                    Path.of(URI.create(jar.getJarFileURL().toString())))) {
                return under(files.getPath("/" + FOLDER));
            }
        }
        try {
            return under(Path.of(known.toURI()).resolve("../..").normalize());
        } catch (URISyntaxException e) {
            throw new IOException(e);
        }
    }

    private static Map<String, byte[]> under(Path folder) throws IOException {
        Map<String, byte[]> all = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = folder.relativize(file).toString();
                if (!name.contains("__pycache__")) {
                    all.put(name, Files.readAllBytes(file));
                }
            }
        }
        return all;
    }
}
