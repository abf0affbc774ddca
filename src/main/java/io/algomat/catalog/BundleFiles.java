package io.algomat.catalog;

import io.algomat.platform.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** The files of an unpacked bundle, by the names that its manifest gives them. */
record BundleFiles(Path folder) {
    /** Empty when there is no such file, also for a name that leads out of the bundle. */
    Optional<Path> find(String name) {
        try {
            Path file = folder.resolve(name).normalize();
            return Optional.of(file).filter(found -> found.startsWith(folder) && Files.isRegularFile(found));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    /** @throws Problem invalid, when the file is not there, too large or not UTF-8 */
    String text(String name, int largest) {
        try {
            return Files.readString(require(name, largest));
        } catch (CharacterCodingException e) {
            throw Problem.invalid(name, "The file is not UTF-8 text");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @throws Problem invalid, when the file is not there or too large */
    byte[] bytes(String name, int largest) {
        try {
            return Files.readAllBytes(require(name, largest));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path require(String name, int largest) throws IOException {
        Path file = find(name)
                .orElseThrow(() -> Problem.invalid(
                        EntryNames.shown(name), "There is no file '" + EntryNames.shown(name) + "' in the bundle"));
        if (Files.size(file) > largest) {
            throw Problem.invalid(
                    name,
                    "'" + name + "' has " + Sizes.text(Files.size(file)) + "; expected at most " + Sizes.text(largest));
        }
        return file;
    }
}
