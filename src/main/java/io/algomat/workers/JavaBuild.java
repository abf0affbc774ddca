package io.algomat.workers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Compiles the sources of a bundle with the JDK's compiler, against its jars or what Maven resolves of its pom.xml. */
final class JavaBuild {
    static final String POM = "pom.xml";
    private static final String SOURCES = "sources";
    private static final List<String> ROOTS = List.of("src/main/java", "src");

    private JavaBuild() {}

    static boolean needed(Path bundle) throws IOException {
        return resolves(bundle) || !sources(bundle).isEmpty();
    }

    /** A bundle that brings its jars is used as it is. */
    static boolean resolves(Path bundle) throws IOException {
        return Files.isRegularFile(bundle.resolve(POM))
                && Files.readString(bundle.resolve(POM)).contains("<dependency>")
                && !hasJars(bundle.resolve("lib"))
                && !hasJars(bundle.resolve("target"));
    }

    private static boolean hasJars(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.anyMatch(file -> file.toString().endsWith(".jar"));
        }
    }

    private static Path root(Path bundle) {
        return ROOTS.stream()
                .map(bundle::resolve)
                .filter(Files::isDirectory)
                .findFirst()
                .orElse(bundle.resolve("src"));
    }

    private static List<Path> sources(Path bundle) throws IOException {
        Path root = root(bundle);
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(".java") && Files.isRegularFile(file))
                    .filter(file -> !bundle.relativize(file).startsWith("src/test"))
                    .sorted()
                    .toList();
        }
    }

    /** The compiler's step; nothing where the bundle has no sources. */
    static List<BuildStep> compile(BuildFolders folders) throws IOException {
        List<Path> sources = sources(folders.bundle());
        if (sources.isEmpty()) {
            return List.of();
        }
        StringBuilder list = new StringBuilder();
        for (Path source : sources) {
            list.append('"')
                    .append(SandboxCommand.ARTIFACT)
                    .append('/')
                    .append(folders.bundle().relativize(source))
                    .append("\"\n");
        }
        Files.writeString(folders.work().resolve(SOURCES), list, StandardCharsets.UTF_8);
        List<String> classPath = List.of(
                SandboxCommand.DEPENDENCIES + "/lib/*",
                SandboxCommand.ARTIFACT + "/lib/*",
                SandboxCommand.ARTIFACT + "/target/*",
                SandboxCommand.RUNNER + "/algomat-runner.jar",
                SandboxCommand.RUNNER + "/lib/*");
        List<String> program = List.of(
                SandboxCommand.JDK + "/bin/javac",
                "-J-XX:+UseSerialGC",
                "-J-XX:TieredStopAtLevel=1",
                "-proc:none",
                "-nowarn",
                "-parameters",
                "-encoding",
                "UTF-8",
                "-d",
                SandboxCommand.DEPENDENCIES + "/classes",
                "-cp",
                String.join(":", classPath),
                "@" + BuildFolders.WORK + "/" + SOURCES);
        String said = "Compiling " + sources.size() + (sources.size() == 1 ? " source" : " sources") + " with javac";
        return List.of(new BuildStep(said, program, List.of(), Map.of(), Set.of()));
    }

    /**
     * The sources' other files go beside the classes, as Maven would put them. Before any program of the build has run: one
     * could have put a link in the way.
     */
    static void copyResources(BuildFolders folders) throws IOException {
        Path resources = folders.bundle().resolve("src/main/resources");
        if (!Files.isDirectory(resources)) {
            return;
        }
        Path classes = folders.result().resolve("classes");
        try (Stream<Path> files = Files.walk(resources)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = classes.resolve(resources.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
            }
        }
    }
}
