package io.algomat.catalog;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** A complete, working bundle to begin with, one for each way of writing an algorithm. The first file is opened first. */
public enum Starter {
    PYTHON("Python", List.of("src/word_count.py", Manifest.FILE, "README.md", "requirements.txt")),
    JAVASCRIPT("JavaScript", List.of("src/word-count.js", Manifest.FILE, "README.md", "package.json")),
    JAVA("Java", List.of("src/main/java/starter/WordCount.java", Manifest.FILE, "README.md", "pom.xml")),
    MODEL("A model, no code", List.of(Manifest.FILE, "README.md"));

    private final String title;
    private final List<String> paths;

    Starter(String title, List<String> paths) {
        this.title = title;
        this.paths = paths;
    }

    /** The word for it in forms. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    public String title() {
        return title;
    }

    static Optional<Starter> ofWire(String wire) {
        return Arrays.stream(values())
                .filter(starter -> starter.wire().equals(wire))
                .findFirst();
    }

    /** Its files by their paths, made out to an owner and under a name. */
    Map<String, String> files(String owner, String name) {
        Map<String, String> files = new LinkedHashMap<>();
        paths.forEach(path -> files.put(path, text(path).replace("OWNER", owner).replace("NAME", name)));
        return files;
    }

    private String text(String path) {
        String resource = "/starters/" + wire() + "/" + path;
        try (InputStream in = Starter.class.getResourceAsStream(resource)) {
            return new String(Objects.requireNonNull(in, resource).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
