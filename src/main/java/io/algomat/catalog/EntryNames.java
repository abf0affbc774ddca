package io.algomat.catalog;

import io.algomat.platform.Problem;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The names in one bundle, taken in one by one: each must stay inside the bundle's folder, and no two may mean the same
 * file on any of the usual file systems.
 */
final class EntryNames {
    private static final int MOST_BYTES = 500;
    private static final int DEEPEST = 16;

    private enum Kind {
        FILE,
        FOLDER
    }

    private record Taken(String spelling, Kind kind) {}

    private final Map<String, Taken> taken = new HashMap<>();

    /**
     * @param raw the name as it stands in the zip
     * @return the path with forward slashes, without one at the end
     * @throws Problem invalid, naming the entry and what a name may be
     */
    String accept(byte[] raw) {
        String name = decode(raw);
        Kind kind = name.endsWith("/") ? Kind.FOLDER : Kind.FILE;
        String path = kind == Kind.FOLDER ? name.substring(0, name.length() - 1) : name;
        String fault = fault(path, raw.length);
        if (fault != null) {
            throw Problem.invalid(shown(name), "The entry '" + shown(name) + "' " + fault);
        }
        takeFolders(path);
        take(path, kind);
        return path;
    }

    private static String decode(byte[] raw) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(raw))
                    .toString();
        } catch (CharacterCodingException e) {
            String shown = shown(new String(raw, StandardCharsets.ISO_8859_1));
            throw Problem.invalid(shown, "The entry '" + shown + "' has a name that is not UTF-8; rename the file");
        }
    }

    private static @Nullable String fault(String path, int bytes) {
        if (bytes > MOST_BYTES) {
            return "has a name of " + bytes + " bytes; expected at most " + MOST_BYTES;
        }
        if (path.chars().anyMatch(c -> Character.isISOControl(c) || c == '\\')) {
            return "has a backslash or a control character in its name; expected forward slashes and printable characters";
        }
        if (path.startsWith("/") || path.matches("[A-Za-z]:.*")) {
            return "is an absolute path; expected one inside the bundle, such as model/weights.onnx";
        }
        String[] parts = path.split("/", -1);
        if (parts.length > DEEPEST) {
            return "lies " + parts.length + " folders deep; expected at most " + DEEPEST;
        }
        for (String part : parts) {
            if (part.isEmpty() || part.equals(".") || part.equals("..")) {
                return "leaves the bundle or has an empty part; expected a plain path inside the bundle";
            }
        }
        return null;
    }

    private void takeFolders(String path) {
        for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
            take(path.substring(0, slash), Kind.FOLDER);
        }
    }

    private void take(String path, Kind kind) {
        String folded = Normalizer.normalize(path, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
        Taken before = taken.putIfAbsent(folded, new Taken(path, kind));
        boolean sameFolder = kind == Kind.FOLDER && new Taken(path, kind).equals(before);
        if (before != null && !sameFolder) {
            throw Problem.invalid(
                    shown(path),
                    before.spelling().equals(path)
                            ? "The entry '" + shown(path) + "' is in the bundle twice; expected each file once"
                            : "The entries '" + shown(before.spelling()) + "' and '" + shown(path)
                                    + "' differ only in upper and lower case; expected names that differ on every disk");
        }
    }

    /** A stranger's name made fit for a message: no control characters, not endless. */
    static String shown(String name) {
        String printable = name.replaceAll("\\p{Cntrl}", "?");
        return printable.length() <= 120 ? printable : printable.substring(0, 117) + "...";
    }
}
