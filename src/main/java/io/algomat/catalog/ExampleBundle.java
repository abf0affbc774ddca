package io.algomat.catalog;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A small bundle to start from, made out to whoever asks for it, so that it can be uploaded as it is. */
public final class ExampleBundle {
    private static final List<String> FILES = List.of(Manifest.FILE, "README.md");

    private ExampleBundle() {}

    /** The zip, for this owner. */
    public static byte[] zip(String owner) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (String file : FILES) {
                zip.putNextEntry(new ZipEntry(file));
                zip.write(text(file, owner).getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Its manifest, for reading. */
    public static String manifest(String owner) {
        return text(Manifest.FILE, owner);
    }

    private static String text(String file, String owner) {
        try (InputStream in = ExampleBundle.class.getResourceAsStream("/example/" + file)) {
            String text = new String(Objects.requireNonNull(in, file).readAllBytes(), StandardCharsets.UTF_8);
            return text.replace("OWNER", owner);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
