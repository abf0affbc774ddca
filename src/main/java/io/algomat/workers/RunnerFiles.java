package io.algomat.workers;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * The runner as workers see it, made once under the data folder: libraries without the natives of other machines (150 of
 * 160 MB), this machine's natives unpacked beside them, the programs for Python and Node.js, all of it readable to a
 * sandbox's unprivileged user even where the build was not.
 */
final class RunnerFiles {
    /** An empty folder among them, for the mounts of {@link SandboxCommand}. */
    static final String VIEW = "view";

    private static final String READABLE = "rw-r--r--";

    private RunnerFiles() {}

    /** The folder with {@code algomat-runner.jar}, {@code lib}, {@code native}, {@code python} and {@code node}. */
    static Path stage(Path built, Path into) throws IOException {
        List<Path> jars = jars(built);
        Map<String, byte[]> programs = RunnerPrograms.all();
        Path ready = into.resolve(fingerprint(jars, programs));
        if (!Files.isDirectory(ready)) {
            make(jars, programs, into, ready);
        }
        removeOthers(into, ready);
        return ready;
    }

    private static void make(List<Path> jars, Map<String, byte[]> programs, Path into, Path ready) throws IOException {
        Files.createDirectories(into);
        Path fresh = Files.createTempDirectory(into, "staging-");
        Path natives = Files.createDirectory(fresh.resolve("native"));
        Path lib = Files.createDirectory(fresh.resolve("lib"));
        Path view = Files.createDirectory(fresh.resolve(VIEW));
        for (Path jar : jars) {
            String name = jar.getFileName().toString();
            strip(jar, name.equals("algomat-runner.jar") ? fresh.resolve(name) : lib.resolve(name), natives);
        }
        for (Map.Entry<String, byte[]> program : programs.entrySet()) {
            Path target = fresh.resolve(program.getKey());
            Files.createDirectories(target.getParent());
            Files.write(target, program.getValue());
        }
        Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rwxr-xr-x"));
        OpenFiles.under(fresh);
        try {
            Files.move(fresh, ready, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            if (!Files.isDirectory(ready)) {
                throw e;
            }
        }
    }

    /** What older builds and killed gateways left; a data folder has one gateway, so nobody uses it. */
    private static void removeOthers(Path into, Path ready) throws IOException {
        try (Stream<Path> all = Files.walk(into)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                if (!path.equals(into) && !path.startsWith(ready)) {
                    Files.deleteIfExists(path);
                }
            }
        }
    }

    private static List<Path> jars(Path built) throws IOException {
        Path runner = built.resolve("algomat-runner.jar");
        Path lib = built.resolve("lib");
        if (!Files.isRegularFile(runner) || !Files.isDirectory(lib)) {
            throw new IOException("There is no runner in " + built.toAbsolutePath()
                    + " (expected algomat-runner.jar and lib); build the tree, or set algomat.workers.runner");
        }
        try (Stream<Path> files = Files.list(lib)) {
            return Stream.concat(
                            Stream.of(runner),
                            files.filter(file -> file.toString().endsWith(".jar"))
                                    .sorted())
                    .toList();
        }
    }

    private static String fingerprint(List<Path> jars, Map<String, byte[]> programs) throws IOException {
        CRC32C sum = new CRC32C();
        for (Path jar : jars) {
            String line = jar.getFileName() + " " + Files.size(jar) + " "
                    + Files.getLastModifiedTime(jar).toMillis();
            sum.update(line.getBytes(StandardCharsets.UTF_8));
        }
        programs.forEach((name, text) -> {
            sum.update(name.getBytes(StandardCharsets.UTF_8));
            sum.update(text);
        });
        // The layout's own version: an older staging is not mistaken for this one.
        sum.update(3);
        return HexFormat.of().toHexDigits((int) sum.getValue());
    }

    private static void strip(Path jar, Path target, Path natives) throws IOException {
        try (ZipInputStream in = new ZipInputStream(Files.newInputStream(jar));
                OutputStream file = Files.newOutputStream(target);
                ZipOutputStream out = new ZipOutputStream(file)) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                String name = entry.getName();
                if (isNative(name)) {
                    if (isForThisMachine(name)) {
                        unpack(in, natives.resolve(name.substring(name.lastIndexOf('/') + 1)));
                    }
                } else if (!entry.isDirectory()) {
                    out.putNextEntry(new ZipEntry(name));
                    in.transferTo(out);
                    out.closeEntry();
                }
            }
        }
        Files.setPosixFilePermissions(target, PosixFilePermissions.fromString(READABLE));
    }

    private static void unpack(InputStream in, Path target) throws IOException {
        Files.copy(in, target, StandardCopyOption.REPLACE_EXISTING);
        Files.setPosixFilePermissions(target, PosixFilePermissions.fromString(READABLE));
    }

    private static boolean isNative(String name) {
        return name.startsWith("ai/onnxruntime/native/")
                || name.startsWith("native/lib/linux") && name.endsWith(".so")
                || name.endsWith(".dll")
                || name.endsWith(".dylib");
    }

    private static boolean isForThisMachine(String name) {
        boolean arm = System.getProperty("os.arch").toLowerCase(Locale.ROOT).equals("aarch64");
        return name.endsWith(".so") && (arm ? name.contains("linux-aarch64/") : name.contains("linux-x"));
    }
}
