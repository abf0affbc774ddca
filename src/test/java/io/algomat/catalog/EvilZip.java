package io.algomat.catalog;

import io.algomat.testing.Bundles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.ZipEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;

/** Zips that no honest tool makes; each begins as a sound identity bundle. */
final class EvilZip {
    private interface Writing {
        void to(ZipArchiveOutputStream zip) throws IOException;
    }

    private final String owner;

    EvilZip(String owner) {
        this.owner = owner;
    }

    byte[] with(String name, byte[] content) {
        return zip(zip -> put(zip, new ZipArchiveEntry(name), content));
    }

    byte[] with(String name) {
        return with(name, new byte[] {1});
    }

    byte[] twice(String name, String other) {
        return zip(zip -> {
            put(zip, new ZipArchiveEntry(name), new byte[] {1});
            put(zip, new ZipArchiveEntry(other), new byte[] {2});
        });
    }

    byte[] withMode(String name, int mode, String content) {
        ZipArchiveEntry entry = new ZipArchiveEntry(name);
        entry.setUnixMode(mode);
        return zip(zip -> put(zip, entry, content.getBytes(StandardCharsets.UTF_8)));
    }

    byte[] entries(int count) {
        return zip(zip -> {
            for (int i = 0; i < count; i++) {
                put(zip, new ZipArchiveEntry("f" + i), new byte[0]);
            }
        });
    }

    byte[] bomb(int mebibytes) {
        return zip(zip -> {
            zip.putArchiveEntry(new ZipArchiveEntry("zeros"));
            for (int i = 0; i < mebibytes; i++) {
                zip.write(new byte[1 << 20]);
            }
            zip.closeArchiveEntry();
        });
    }

    /** The sound bundle with every occurrence of one pair of bytes after a marker changed. */
    static byte[] patched(byte[] zip, int signature, int offset, int value) {
        byte[] patched = zip.clone();
        for (int i = 0; i + offset + 1 < zip.length; i++) {
            boolean here = zip[i] == 'P'
                    && zip[i + 1] == 'K'
                    && zip[i + 2] == (signature & 0xFF)
                    && zip[i + 3] == signature >> 8;
            if (here) {
                patched[i + offset] = (byte) value;
            }
        }
        return patched;
    }

    private byte[] zip(Writing more) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(bytes)) {
            for (Map.Entry<String, String> file :
                    Bundles.identityFiles(owner, "Echo").entrySet()) {
                put(zip, new ZipArchiveEntry(file.getKey()), file.getValue().getBytes(StandardCharsets.UTF_8));
            }
            more.to(zip);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void put(ZipArchiveOutputStream zip, ZipArchiveEntry entry, byte[] content) throws IOException {
        entry.setMethod(ZipEntry.DEFLATED);
        zip.putArchiveEntry(entry);
        zip.write(content);
        zip.closeArchiveEntry();
    }
}
