package io.algomat.platform.start;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;

/** Secrets that Algomat makes for itself, one file each under {@code data/secrets}, readable by the owner alone. */
public final class Secrets {
    private final Path folder;

    public Secrets(Path dataFolder) {
        this.folder = dataFolder.resolve("secrets");
    }

    /** The secret of that name, made on first use: 32 random bytes, base64url. */
    public String get(String name) throws IOException {
        Path file = folder.resolve(name);
        if (!Files.exists(file)) {
            byte[] bytes = new byte[32];
            new SecureRandom().nextBytes(bytes);
            keepFirst(name, Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
        }
        return Files.readString(file).strip();
    }

    /** The secret of that name, if it was made. */
    public Optional<String> find(String name) throws IOException {
        Path file = folder.resolve(name);
        return Files.exists(file) ? Optional.of(Files.readString(file).strip()) : Optional.empty();
    }

    public void put(String name, String value) throws IOException {
        Files.move(written(name, value), folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Several gateways that share this folder may start at once: the first one's secret is everybody's. */
    private void keepFirst(String name, String value) throws IOException {
        Path fresh = written(name, value);
        try {
            Files.createLink(folder.resolve(name), fresh);
        } catch (FileAlreadyExistsException _) {
            // Another gateway was first.
        } catch (UnsupportedOperationException | FileSystemException _) {
            // A volume without hard links.
            Files.move(fresh, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    private Path written(String name, String value) throws IOException {
        Files.createDirectories(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Path fresh = Files.createTempFile(
                folder,
                name,
                ".new",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(fresh, value);
        return fresh;
    }
}
