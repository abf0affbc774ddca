package io.algomat.workers;

import io.algomat.platform.ErrorCode;
import io.algomat.platform.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Whether this machine can lock workers in: tried out once, before the first worker starts. */
final class Sandbox {
    private static final Logger LOG = Logger.getLogger(Sandbox.class);

    /** The program that the kernel filters a worker's system calls by, in the data folder. */
    private static final String FILTER = "sandbox-filter";

    private final RunnerHome home;
    private final Path data;
    private final SandboxCommand command;
    private final ControlGroups groups;
    private final boolean groupsRequired;
    private volatile @Nullable SandboxReport report;

    Sandbox(RunnerHome home, Path data, SandboxCommand command, ControlGroups groups, boolean groupsRequired) {
        this.home = home;
        this.data = data;
        this.command = command;
        this.groups = groups;
        this.groupsRequired = groupsRequired;
    }

    static Sandbox of(WorkersConfig config, RunnerHome home, Path data) {
        return new Sandbox(
                home,
                data,
                new SandboxCommand(config.bwrap(), HostUsers.root(), data.resolve(FILTER)),
                ControlGroups.ofThisMachine(data),
                config.requireControlGroups());
    }

    SandboxReport report() {
        SandboxReport present = report;
        return present == null ? tried() : present;
    }

    private synchronized SandboxReport tried() {
        SandboxReport present = report;
        if (present == null) {
            present = trial();
            report = present;
            if (!present.available()) {
                LOG.warnf(
                        "No sandbox: %s. The site's own algorithms run without one, all others are refused. Remedy: %s",
                        present.reason(), present.remedy());
            }
        }
        return present;
    }

    private SandboxReport trial() {
        Architecture architecture = Architecture.ofThisMachine();
        if (architecture == null) {
            return SandboxReport.none(
                    "there is no filter of system calls for this processor", "use an x86-64 or AArch64 machine");
        }
        if (!command.installed()) {
            return SandboxReport.none(JudgeSandbox.NO_BUBBLEWRAP, JudgeSandbox.INSTALL);
        }
        boolean root = HostUsers.root();
        try {
            writeFilter(architecture);
            return new JudgeSandbox(root, groups.version(), groupsRequired)
                    .report(new SandboxTrialRun(command, groups, root)
                            .run(home.jdk(), home.runner(), data, architecture));
        } catch (IOException e) {
            LOG.warn("The sandbox's self-test could not be run", e);
            return SandboxReport.none("its self-test could not be run", "see the log");
        }
    }

    /** Whole or not at all: a worker of another start may be reading it. */
    private void writeFilter(Architecture architecture) throws IOException {
        Files.createDirectories(data);
        Path fresh = Files.createTempFile(data, FILTER, "");
        Files.write(fresh, SystemCallFilter.bytes(architecture));
        Files.move(fresh, data.resolve(FILTER), StandardCopyOption.ATOMIC_MOVE);
    }

    @Nullable
    SandboxCommand command() {
        return report().available() ? command : null;
    }

    /** Where sandboxes get their control groups; makes none that bound anything where the machine has none. */
    ControlGroups groups() {
        return groups;
    }

    void close() {
        groups.close();
    }

    /**
     * What may run, as it may run here: without control groups code has a process for each call.
     *
     * @throws Problem sandbox-unavailable for what may not run
     */
    WorkerSpec admit(WorkerSpec spec) {
        SandboxReport found = report();
        boolean code = spec.runtime().code();
        if (!spec.trusted() && !(code ? found.code() : found.available())) {
            throw Problem.of(
                            ErrorCode.SANDBOX_UNAVAILABLE,
                            "This machine cannot lock an uploaded algorithm in: " + found.reason() + ". Remedy: "
                                    + found.remedy())
                    .with("remedy", found.remedy());
        }
        return code && found.available() && !groups.present() ? spec.reused(Reuse.PER_CALL) : spec;
    }
}
