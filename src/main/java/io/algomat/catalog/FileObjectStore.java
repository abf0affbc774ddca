package io.algomat.catalog;

import io.algomat.platform.PlatformConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Objects under {@code data/objects}, two hex digits deep. Written beside, synced, and moved into place. */
@ApplicationScoped
class FileObjectStore implements ObjectStore {
    static final Duration LONGEST_UPLOAD = Duration.ofHours(1);
    private static final String INCOMING = "incoming";

    private final Path folder;
    private final Clock clock;

    FileObjectStore(PlatformConfig config, Clock clock) {
        this.folder = config.data().resolve("objects").toAbsolutePath();
        this.clock = clock;
    }

    @Override
    public Path newFile() throws IOException {
        Path incoming = Files.createDirectories(folder.resolve(INCOMING));
        return Files.createTempFile(incoming, "", ".part");
    }

    @Override
    public void keep(Path file, String sha256) throws IOException {
        Path target = path(sha256);
        Path parent = Files.createDirectories(Objects.requireNonNull(target.getParent()));
        sync(file, StandardOpenOption.WRITE);
        Files.move(file, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        // The new name itself must be on the disk before the database refers to it.
        sync(parent, StandardOpenOption.READ);
    }

    private static void sync(Path path, StandardOpenOption how) throws IOException {
        try (FileChannel channel = FileChannel.open(path, how)) {
            channel.force(true);
        }
    }

    @Override
    public InputStream open(String sha256) throws IOException {
        return Files.newInputStream(path(sha256));
    }

    @Override
    public boolean has(String sha256) {
        return Files.isRegularFile(path(sha256));
    }

    @Override
    public void delete(String sha256) throws IOException {
        Files.deleteIfExists(path(sha256));
    }

    @Override
    public void forgetUnfinished() throws IOException {
        Path incoming = folder.resolve(INCOMING);
        if (!Files.isDirectory(incoming)) {
            return;
        }
        Instant before = clock.instant().minus(LONGEST_UPLOAD);
        try (Stream<Path> parts = Files.list(incoming)) {
            for (Path part : parts.filter(path -> olderThan(path, before)).toList()) {
                Files.deleteIfExists(part);
            }
        }
    }

    @Override
    public List<String> settled() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        Instant before = clock.instant().minus(LONGEST_UPLOAD);
        try (Stream<Path> paths = Files.walk(folder, 2)) {
            return paths.filter(path -> path.getFileName().toString().matches("[0-9a-f]{64}"))
                    .filter(path -> olderThan(path, before))
                    .map(path -> path.getFileName().toString())
                    .toList();
        }
    }

    static boolean olderThan(Path path, Instant before) {
        return path.toFile().lastModified() < before.toEpochMilli();
    }

    private Path path(String sha256) {
        return folder.resolve(sha256.substring(0, 2)).resolve(sha256);
    }
}
