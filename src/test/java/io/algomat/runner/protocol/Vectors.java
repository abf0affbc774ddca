package io.algomat.runner.protocol;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/** The vectors that docs/worker-protocol.md promises. */
public final class Vectors {
    private Vectors() {}

    /** The frames' bytes by name, in the file's order. */
    public static Map<String, byte[]> read() {
        Map<String, byte[]> vectors = new LinkedHashMap<>();
        try {
            for (String line : Files.readAllLines(Path.of("src/test/resources/protocol/vectors.txt"))) {
                if (!line.startsWith("#")) {
                    String[] parts = line.split(" ", 2);
                    vectors.put(parts[0], HexFormat.of().parseHex(parts[1].replace(" ", "")));
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return vectors;
    }
}
