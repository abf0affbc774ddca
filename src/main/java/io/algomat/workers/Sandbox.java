package io.algomat.workers;

import io.algomat.platform.ErrorCode;
import io.algomat.platform.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Whether this machine can lock workers in: tried out once, by building a sandbox and running a program in it. */
final class Sandbox {
    private static final Logger LOG = Logger.getLogger(Sandbox.class);

    private final String bwrap;
    private final boolean root = "root".equals(System.getProperty("user.name"));
    private @Nullable SandboxReport report;

    Sandbox(WorkersConfig config) {
        this.bwrap = config.bwrap();
    }

    synchronized SandboxReport report() {
        SandboxReport present = report;
        if (present == null) {
            present = probe();
            report = present;
            if (!present.available()) {
                LOG.warnf(
                        "No sandbox: %s. The site's own algorithms run without one, all others are refused. Remedy: %s",
                        present.reason(), present.remedy());
            }
        }
        return present;
    }

    @Nullable SandboxCommand command() {
        return report().available() ? new SandboxCommand(bwrap, root) : null;
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

    private SandboxReport probe() {
        try {
            Process process = new ProcessBuilder(List.of(
                            bwrap, "--unshare-all", "--unshare-user", "--disable-userns", "--ro-bind", "/", "/", "--",
                            "true"))
                    .redirectErrorStream(true)
                    .start();
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return new SandboxReport(false, "bubblewrap hangs", "run '" + bwrap + " --version' by hand");
            }
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return process.exitValue() == 0
                    ? new SandboxReport(true, "bubblewrap" + (root ? ", an unprivileged host user for each worker" : ""), "")
                    : new SandboxReport(false, "bubblewrap cannot build one (" + said + ")", "allow user namespaces");
        } catch (IOException e) {
            return new SandboxReport(false, "bubblewrap is not installed", "apt-get install bubblewrap");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new SandboxReport(false, "the trial was interrupted", "start again");
        }
    }
}
