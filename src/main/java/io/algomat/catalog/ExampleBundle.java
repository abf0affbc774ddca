package io.algomat.catalog;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A small bundle to start from, made out to whoever asks for it, so that it can be uploaded as it is. */
public final class ExampleBundle {
    private static final String NAME = "hello";

    private ExampleBundle() {}

    /** The zip, for this owner. */
    public static byte[] zip(String owner) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, String> file :
                    Starter.MODEL.files(owner, NAME).entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue().getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Its manifest, for reading. */
    public static String manifest(String owner) {
        return Objects.requireNonNull(Starter.MODEL.files(owner, NAME).get(Manifest.FILE));
    }
}
