package io.algomat.workers;

import io.algomat.platform.ErrorCode;
import io.algomat.platform.PlatformConfig;
import io.algomat.platform.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Installs what code depends on and compiles it, inside a sandbox that reaches the package index and nothing else. */
@ApplicationScoped
public class RunBuild {
    /**
     * @param options of the version; the language's version is under {@code python} or {@code node}
     * @param bundle the unpacked upload
     * @param result an empty folder; what is in it after the build is what the build made
     */
    public record Job(Runtime runtime, Map<String, String> options, Path bundle, Path result) {}

    private final Workers workers;
    private final BuildsConfig config;
    private final Path data;
    private final HostUsers users = HostUsers.ofThisMachine();

    RunBuild(Workers workers, BuildsConfig config, PlatformConfig platform) {
        this.workers = workers;
        this.config = config;
        this.data = platform.data().toAbsolutePath().normalize();
    }

    /** Whether a bundle depends on packages, or has sources to compile. */
    public boolean needed(Runtime runtime, Path bundle) throws BuildFailed {
        try {
            return switch (runtime) {
                case PYTHON -> PythonBuild.needed(bundle);
                case NODE -> NodeBuild.needed(bundle);
                case JAVA -> JavaBuild.needed(bundle);
                case DJL -> false;
            };
        } catch (IOException e) {
            throw new BuildFailed("The bundle cannot be read: " + e.getMessage());
        }
    }

    /**
     * Blocks until the build is done.
     *
     * @param log each line as it comes
     * @throws BuildFailed with a reason for the publisher
     * @throws Problem sandbox-unavailable
     */
    public void run(Job job, Consumer<String> log) throws BuildFailed, IOException {
        run(job.bundle(), job.result(), (folders, jdk) -> steps(job, folders, jdk), log);
        if (job.runtime() == Runtime.NODE) {
            NodeBuild.tidy(job.result());
        }
    }

    /** What is to be run, once its folders are there. */
    interface Steps {
        List<BuildStep> in(BuildFolders folders, Path jdk) throws BuildFailed, IOException;
    }

    void run(Path bundle, Path result, Steps steps, Consumer<String> log) throws BuildFailed, IOException {
        SandboxCommand sandbox = workers.host().sandbox().command();
        if (sandbox == null) {
            SandboxReport report = workers.sandbox();
            throw Problem.of(
                    ErrorCode.SANDBOX_UNAVAILABLE,
                    "This machine cannot lock a build in: " + report.reason() + ". Remedy: " + report.remedy());
        }
        Files.createDirectories(data.resolve("builds"));
        Path work = Files.createTempDirectory(data.resolve("builds"), "work-");
        try {
            build(steps, new BuildFolders(bundle, work, result), sandbox, log);
        } finally {
            delete(work);
        }
    }

    private void build(Steps wanted, BuildFolders folders, SandboxCommand sandbox, Consumer<String> log)
            throws BuildFailed, IOException {
        RunnerHome home = workers.host().home();
        Files.createDirectory(folders.work().resolve("tmp"));
        int user = users.next();
        BuildProcess process = new BuildProcess(
                sandbox, workers.host().sandbox().groups(), home.jdk(), home.runner(), config, folders, user, log);
        long end = System.nanoTime() + config.timeout().toNanos();
        if (HostUsers.root()) {
            OpenFiles.under(folders.bundle());
        }
        List<BuildStep> steps = wanted.in(folders, home.jdk());
        give(folders.work(), user);
        give(folders.result(), user);
        for (BuildStep step : steps) {
            process.run(step, Duration.ofNanos(end - System.nanoTime()));
        }
    }

    private List<BuildStep> steps(Job job, BuildFolders folders, Path jdk) throws BuildFailed, IOException {
        try {
            return stepsOn(job, folders, jdk);
        } catch (MissingRuntime e) {
            throw e.build();
        }
    }

    private List<BuildStep> stepsOn(Job job, BuildFolders folders, Path jdk)
            throws BuildFailed, MissingRuntime, IOException {
        List<String> further = config.hosts().orElse(List.of());
        return switch (job.runtime()) {
            case PYTHON -> {
                PythonHome python = PythonHome.find(job.options().get("python"));
                Files.writeString(folders.result().resolve(PythonHome.MARK), python.version() + "\n");
                yield PythonBuild.steps(python, PipSettings.of(python.program(), folders.work(), further));
            }
            case NODE -> {
                List<Mount> node = NodeHome.find(job.options().get("node")).mounts();
                yield NodeBuild.steps(folders, node, NpmSettings.of(folders.work(), further));
            }
            case JAVA -> {
                List<BuildStep> steps = new ArrayList<>();
                if (JavaBuild.resolves(job.bundle())) {
                    steps.add(MavenSettings.of(config, data, folders.work()).step(jdk));
                }
                JavaBuild.copyResources(folders);
                steps.addAll(JavaBuild.compile(folders));
                yield steps;
            }
            case DJL -> List.of();
        };
    }

    /** The sandbox's user may write here, and nobody else of the host. */
    private static void give(Path folder, int user) throws IOException {
        if (!HostUsers.root()) {
            return;
        }
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.toList()) {
                Files.setAttribute(path, "unix:uid", user);
                Files.setAttribute(path, "unix:gid", user);
            }
        }
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
