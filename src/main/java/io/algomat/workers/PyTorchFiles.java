package io.algomat.workers;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.Enumeration;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * PyTorch as its workers see it: DJL's engine and this machine's libraries in one flat folder, unpacked from the build's
 * jars when the first such worker starts. 450 MB that neither the gateway's start nor any other worker has to carry.
 */
final class PyTorchFiles {
    /** Where a sandboxed worker sees them. */
    static final String SEEN = "/pytorch";

    private final Path built;
    private final Path into;
    private @Nullable Path staged;

    /**
     * @param built the folder of the runner as the build made it
     * @param into a folder of the data folder that nobody else writes to
     */
    PyTorchFiles(Path built, Path into) {
        this.built = built.resolve("pytorch");
        this.into = into;
    }

    /** Whether a version's worker needs PyTorch: a djl task that says so, or whose model's file does. */
    static boolean wants(WorkerSpec spec) {
        return spec.runtime() == Runtime.DJL
                && (spec.options().getOrDefault("engine", "").equals("pytorch")
                        || spec.options().getOrDefault("model", "").endsWith(".pt"));
    }

    /** @throws StartFailed when the build brought no PyTorch for this machine */
    synchronized Path folder() throws IOException, StartFailed {
        Path present = staged;
        if (present == null) {
            List<Path> jars = jars();
            present = into.resolve(fingerprint(jars));
            if (!Files.isDirectory(present)) {
                make(jars, present);
            }
            staged = present;
        }
        return present;
    }

    /** JVM options that tell DJL where the libraries are, so that it neither unpacks nor downloads any. */
    static List<String> options(String folder) {
        return List.of(
                "-DPYTORCH_LIBRARY_PATH=" + folder,
                "-DPYTORCH_FLAVOR=cpu",
                "-Dai.djl.pytorch.num_threads=1",
                "-Dai.djl.pytorch.num_interop_threads=1");
    }

    private List<Path> jars() throws IOException, StartFailed {
        if (Files.isDirectory(built)) {
            try (Stream<Path> files = Files.list(built)) {
                List<Path> jars = files.filter(file -> file.toString().endsWith(".jar"))
                        .sorted()
                        .toList();
                if (!jars.isEmpty()) {
                    return jars;
                }
            }
        }
        throw StartFailed.loading("this site was built without PyTorch: " + built + " holds no jars", "", "");
    }

    private void make(List<Path> jars, Path ready) throws IOException {
        Files.createDirectories(into);
        removeOthers();
        Path fresh = Files.createTempDirectory(into, "staging-");
        for (Path jar : jars) {
            unpack(jar, fresh);
        }
        Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.move(fresh, ready, StandardCopyOption.ATOMIC_MOVE);
    }

    /** What an older build left, or a gateway that was killed meanwhile; a data folder has one gateway. */
    private void removeOthers() throws IOException {
        try (Stream<Path> all = Files.walk(into)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                if (!path.equals(into)) {
                    Files.delete(path);
                }
            }
        }
    }

    private static void unpack(Path jar, Path folder) throws IOException {
        boolean holdsLibraries = false;
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            for (Enumeration<? extends ZipEntry> entries = zip.entries(); entries.hasMoreElements(); ) {
                ZipEntry entry = entries.nextElement();
                if (isLibrary(entry.getName())) {
                    holdsLibraries = true;
                    if (entry.getName().contains("cpu/" + machine())
                            || entry.getName().contains(machine() + "/cpu")) {
                        try (InputStream in = zip.getInputStream(entry)) {
                            place(in, folder.resolve(Path.of(entry.getName()).getFileName()));
                        }
                    }
                }
            }
        }
        if (!holdsLibraries) {
            try (InputStream in = Files.newInputStream(jar)) {
                place(in, folder.resolve(jar.getFileName()));
            }
        }
    }

    private static void place(InputStream in, Path target) throws IOException {
        Files.copy(in, target);
        Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rw-r--r--"));
    }

    private static boolean isLibrary(String name) {
        return name.endsWith(".so") || name.contains(".so.") || name.endsWith(".dll") || name.endsWith(".dylib");
    }

    private static String machine() {
        return System.getProperty("os.arch").equals("aarch64") ? "linux-aarch64" : "linux-x86_64";
    }

    private static String fingerprint(List<Path> jars) throws IOException {
        CRC32C sum = new CRC32C();
        for (Path jar : jars) {
            sum.update((jar.getFileName() + " " + Files.size(jar) + "\n").getBytes(StandardCharsets.UTF_8));
        }
        return HexFormat.of().toHexDigits((int) sum.getValue());
    }
}
