package io.algomat.workers;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Where sandboxes get their control groups: cgroup v2, v1 or none. All groups of a gateway lie under one folder named
 * after its data folder, so that what a killed gateway left is found and removed by the next.
 */
final class ControlGroups {
    private static final Logger LOG = Logger.getLogger(ControlGroups.class);

    private final @Nullable ControlGroupDriver driver;
    private final AtomicInteger count = new AtomicInteger();

    private ControlGroups(@Nullable ControlGroupDriver driver) {
        this.driver = driver;
    }

    static ControlGroups none() {
        return new ControlGroups(null);
    }

    /** @param data the gateway's data folder, which no other running gateway has */
    static ControlGroups ofThisMachine(Path data) {
        String name = "algomat-"
                + Integer.toHexString(
                        data.toAbsolutePath().normalize().toString().hashCode());
        try {
            CgroupMounts mounts = CgroupMounts.ofThisProcess();
            ControlGroupDriver driver = CgroupV2.in(mounts, name);
            return of(driver == null ? CgroupV1.in(mounts, name) : driver);
        } catch (IOException | RuntimeException e) {
            LOG.infof("No control groups: %s", e.getMessage());
            return none();
        }
    }

    /** Removes what a killed gateway left below the driver's folders, and makes them. */
    static ControlGroups of(@Nullable ControlGroupDriver driver) throws IOException {
        if (driver == null) {
            return none();
        }
        for (Path folder : driver.folders()) {
            if (Files.isDirectory(folder)) {
                removeBelow(driver, folder);
            }
            Files.createDirectories(folder);
        }
        driver.prepare();
        return new ControlGroups(driver);
    }

    private static void removeBelow(ControlGroupDriver driver, Path folder) throws IOException {
        try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, Files::isDirectory)) {
            for (Path group : left) {
                new KernelGroup(driver, group.getFileName().toString()).close();
            }
        }
    }

    /** {@code cgroup v2}, {@code cgroup v1}, or empty where there are none. */
    String version() {
        return driver == null ? "" : driver.version();
    }

    boolean present() {
        return driver != null;
    }

    /** @throws IOException when the kernel makes no more of them */
    ControlGroup create(String name) throws IOException {
        if (driver == null) {
            return new NoControlGroup();
        }
        String unique = name + "-" + count.incrementAndGet();
        for (Path folder : driver.folders()) {
            Files.createDirectories(folder.resolve(unique));
        }
        return new KernelGroup(driver, unique);
    }

    void close() {
        if (driver != null) {
            for (Path folder : driver.folders()) {
                try {
                    removeBelow(driver, folder);
                    Files.deleteIfExists(folder);
                } catch (IOException e) {
                    LOG.debugf("%s stays: %s", folder, e.getMessage());
                }
            }
        }
    }

    /** Counts and bounds nothing. */
    private static final class NoControlGroup implements ControlGroup {
        @Override
        public List<Path> entrances() {
            return List.of();
        }

        @Override
        public void limit(Limits limits) {}

        @Override
        public void begin() {}

        @Override
        public @Nullable String exceeded() {
            return null;
        }

        @Override
        public long memoryBytes() {
            return 0;
        }

        @Override
        public long cpuNanos() {
            return 0;
        }

        @Override
        public void kill() {}

        @Override
        public void close() {}
    }
}
