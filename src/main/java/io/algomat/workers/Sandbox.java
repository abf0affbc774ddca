package io.algomat.workers;

import io.algomat.platform.ErrorCode;
import io.algomat.platform.Problem;
import java.nio.file.Path;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Whether this machine can lock workers in: tried out once, before the first worker starts. */
final class Sandbox {
    private static final Logger LOG = Logger.getLogger(Sandbox.class);

    private final RunnerHome home;
    private final Path data;
    private final boolean root = HostUsers.root();
    private final SandboxCommand command;
    private final ControlGroups groups;
    private volatile @Nullable SandboxReport report;

    Sandbox(WorkersConfig config, RunnerHome home, Path data) {
        this.home = home;
        this.data = data;
        this.command = new SandboxCommand(config.bwrap(), root, null);
        this.groups = ControlGroups.ofThisMachine(data);
    }

    SandboxReport report() {
        SandboxReport present = report;
        return present == null ? tried() : present;
    }

    private synchronized SandboxReport tried() {
        SandboxReport present = report;
        if (present == null) {
            present = new SandboxTrialRun(command, root)
                    .report(home.jdk(), home.runner(), data, HostUsers.ofThisMachine());
            report = present;
            if (!present.available()) {
                LOG.warnf(
                        "No sandbox: %s. The site's own algorithms run without one, all others are refused. Remedy: %s",
                        present.reason(), present.remedy());
            }
        }
        return present;
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

    /** Refuses what may not run outside of a sandbox where there is none. */
    void admit(WorkerSpec spec) {
        SandboxReport found = report();
        if (!found.available() && !spec.trusted()) {
            throw Problem.of(
                    ErrorCode.SANDBOX_UNAVAILABLE,
                    "This machine cannot lock an uploaded algorithm in: " + found.reason() + ". Remedy: "
                            + found.remedy());
        }
    }
}
