package io.algomat.workers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** One file of a control group: a number, a word, or lines of a name and a number. */
final class GroupFile {
    private GroupFile() {}

    /** Zero where the file or the group is gone. */
    static long number(Path file) {
        return number(text(file));
    }

    /** Of a file's text that is nothing else; zero where it is not. */
    static long number(String text) {
        return parsed(text.strip());
    }

    /** The number behind {@code name} at the begin of a line; zero where there is none. */
    static long number(String text, String name) {
        return text.lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToLong(line -> parsed(line.substring(name.length() + 1).strip()))
                .findFirst()
                .orElse(0);
    }

    static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.US_ASCII);
        } catch (IOException e) {
            return "";
        }
    }

    static void write(Path file, Object value) throws IOException {
        Files.writeString(file, value.toString(), StandardCharsets.US_ASCII);
    }

    /** For bounds that not every kernel knows. */
    static void writeIfKnown(Path file, Object value) {
        try {
            write(file, value);
        } catch (IOException e) {
            // The bounds that matter are written by the other method.
        }
    }

    private static long parsed(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
