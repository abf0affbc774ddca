package io.algomat.workers;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Java code of a publisher: what its build compiled and its jars, before what our runner provides. */
final class JavaLaunch implements RuntimeLaunch {
    /** What a JVM takes beside its heap: classes, compiled code, stacks. */
    private static final long OUTSIDE_MB = 64;

    private static final long LEAST_HEAP_MB = 24;

    private final Path jdk;

    JavaLaunch(Path jdk) {
        this.jdk = jdk;
    }

    @Override
    public Launch of(WorkerSpec spec, Places places) {
        List<String> command =
                jvm(places.of(jdk, SandboxCommand.JDK), heapMb(spec.limits().memoryBytes()));
        command.addAll(List.of("-cp", String.join(":", classPath(places))));
        command.addAll(List.of("io.algomat.runner.code.CodeMain", places.socket()));
        return new Launch(
                List.of(Mount.readOnly(jdk, SandboxCommand.JDK)), Map.of("LANG", "C.UTF-8", "HOME", "/tmp"), command);
    }

    private static List<String> classPath(Places places) {
        List<String> path = new ArrayList<>();
        if (places.dependencies() != null) {
            path.addAll(List.of(places.dependencies() + "/classes", places.dependencies() + "/lib/*"));
        }
        Stream.of("/*", "/lib/*", "/target/*", "/target/lib/*")
                .map(folder -> places.artifact() + folder)
                .forEach(path::add);
        path.addAll(List.of(places.runner() + "/algomat-runner.jar", places.runner() + "/lib/*"));
        return path;
    }

    /** Below the version's limit, so that an algorithm that wants too much sees an error instead of the kernel's end. */
    static int heapMb(long memoryBytes) {
        long memoryMb = memoryBytes >> 20;
        return (int) Math.max(LEAST_HEAP_MB, memoryMb - memoryMb / 8 - OUTSIDE_MB);
    }

    static List<String> jvm(String jdk, int heapMb) {
        return new ArrayList<>(List.of(
                jdk + "/bin/java",
                // Short-lived compiled code and one thread: the small compiler and collector start fastest.
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-Xms16m",
                "-Xmx" + heapMb + "m",
                "-Djava.awt.headless=true",
                "--enable-native-access=ALL-UNNAMED"));
    }
}
