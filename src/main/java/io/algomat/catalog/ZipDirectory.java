package io.algomat.catalog;

import io.algomat.platform.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * The directory at a zip's end. Only there do links and devices show, and a zip whose directory tells another story than
 * its entries would unpack differently elsewhere.
 */
final class ZipDirectory {
    private static final int TYPE = 0170000;
    private static final int REGULAR = 0100000;
    private static final int FOLDER = 0040000;

    private ZipDirectory() {}

    /** @param unpacked what came out of the entries, by path */
    static void check(Path zip, Map<String, UnpackBundle.Unpacked> unpacked) throws IOException {
        Set<String> listed = new HashSet<>();
        try (ZipFile directory = open(zip)) {
            for (ZipArchiveEntry entry : Collections.list(directory.getEntries())) {
                String name = new String(entry.getRawName(), StandardCharsets.UTF_8);
                requirePlain(entry, name);
                if (!name.endsWith("/")) {
                    listed.add(name);
                    requireSame(entry, name, unpacked.get(name));
                }
            }
        }
        if (!listed.equals(unpacked.keySet())) {
            throw Problem.invalid(
                    "bundle", "The zip's directory does not list the same files as its entries; pack it anew");
        }
    }

    private static ZipFile open(Path zip) throws IOException {
        try {
            return ZipFile.builder()
                    .setPath(zip)
                    .setUseUnicodeExtraFields(false)
                    .get();
        } catch (IOException e) {
            throw Problem.invalid("bundle", "The upload is not a whole zip file: its directory is missing or damaged");
        }
    }

    private static void requirePlain(ZipArchiveEntry entry, String name) {
        int type = entry.getUnixMode() & TYPE;
        if (type != 0 && type != REGULAR && type != FOLDER) {
            String shown = EntryNames.shown(name);
            throw Problem.invalid(
                    shown,
                    "The entry '" + shown + "' is " + (entry.isUnixSymlink() ? "a symbolic link" : "a device or socket")
                            + "; expected files and folders alone");
        }
    }

    private static void requireSame(ZipArchiveEntry entry, String name, UnpackBundle.@Nullable Unpacked file) {
        if (file == null || file.bytes() != entry.getSize() || file.crc() != entry.getCrc()) {
            String shown = EntryNames.shown(name);
            throw Problem.invalid(
                    shown, "The entry '" + shown + "' is damaged: its size or checksum is not what the zip says");
        }
    }
}
