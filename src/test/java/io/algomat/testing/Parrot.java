package io.algomat.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** The starter echo under another name, as a publisher would pack it; its compute costs nothing to speak of. */
public final class Parrot {
    private Parrot() {}

    public static Path bundle(Path folder, String owner) throws IOException {
        Path sample = Path.of("samples/demo-echo");
        String manifest = Files.readString(sample.resolve("algomat.yaml"))
                .replace("demo/echo", owner + "/parrot")
                .replace("title: Echo", "title: Parrot")
                .replace("Hello, automat", "Pretty Polly");
        Path bundle = folder.resolve(owner + "-parrot.zip");
        try (OutputStream file = Files.newOutputStream(bundle);
                ZipOutputStream zip = new ZipOutputStream(file)) {
            for (String name : List.of("algomat.yaml", "README.md")) {
                zip.putNextEntry(new ZipEntry(name));
                zip.write(
                        name.equals("README.md")
                                ? Files.readAllBytes(sample.resolve(name))
                                : manifest.getBytes(StandardCharsets.UTF_8));
            }
        }
        return bundle;
    }
}
