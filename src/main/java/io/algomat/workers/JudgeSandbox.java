package io.algomat.workers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Makes a report of the self-test: whether there is a sandbox, why not, and what the operator can do about it. */
final class JudgeSandbox {
    static final String NO_BUBBLEWRAP = "bubblewrap is not installed";
    static final String INSTALL = "apt-get install bubblewrap";

    /** What the control group alone holds; without one it is the whole difference. */
    private static final List<String> BOUNDED = List.of(SandboxTrialRun.PROCESSES, SandboxTrialRun.MEMORY);

    private final boolean root;
    private final String groups;
    private final boolean groupsRequired;

    /** @param groups the version of control groups; empty where there are none */
    JudgeSandbox(boolean root, String groups, boolean groupsRequired) {
        this.root = root;
        this.groups = groups;
        this.groupsRequired = groupsRequired;
    }

    SandboxReport report(SandboxTrialRun.Result result) {
        if (!result.works() || !result.whole()) {
            return SandboxReport.none("bubblewrap cannot build one (" + result.said() + ")", remedy(result.said()));
        }
        List<SandboxReport.Attempt> leaks =
                result.attempts().stream().filter(attempt -> !attempt.held()).toList();
        List<SandboxReport.Attempt> walls = leaks.stream()
                .filter(leak -> !groups.isEmpty() || !BOUNDED.contains(leak.name()))
                .toList();
        if (!walls.isEmpty()) {
            String told = walls.stream()
                    .map(leak -> "it can " + leak.name() + " (" + leak.leak() + ")")
                    .collect(Collectors.joining("; "));
            return new SandboxReport(
                    false,
                    false,
                    "the sandbox leaks: " + told,
                    "report this with bwrap --version and uname -r",
                    result.attempts());
        }
        String how = "bubblewrap: no network, no host files, empty environment, own processes, system calls filtered";
        String user = root ? ", an unprivileged host user for each worker" : "";
        if (groups.isEmpty()) {
            return new SandboxReport(
                    true,
                    !groupsRequired,
                    how + user + "; but no control groups, so memory and processes are bounded for each process alone"
                            + (groupsRequired ? ", and code of publishers is refused" : ", and code runs per call"),
                    "delegate a control group: systemd-run --user --scope -p Delegate=yes ./algomat start,"
                            + " or Delegate=yes in the unit",
                    result.attempts());
        }
        return new SandboxReport(true, true, how + user + ", limits by " + groups, "", result.attempts());
    }

    private static String remedy(String said) {
        if (said.contains("setpriv") || said.contains("unshare: not found") || said.contains("prlimit: not found")) {
            return "apt-get install util-linux";
        }
        if (said.contains("seccomp") || said.contains("SECCOMP")) {
            return "run a kernel that has CONFIG_SECCOMP_FILTER";
        }
        if (setting("/proc/sys/kernel/apparmor_restrict_unprivileged_userns").equals("1")) {
            return "load AppArmor's profile bwrap-userns-restrict (apt-get install apparmor-profiles)";
        }
        if (setting("/proc/sys/kernel/unprivileged_userns_clone").equals("0")) {
            return "sysctl -w kernel.unprivileged_userns_clone=1";
        }
        if (setting("/proc/sys/user/max_user_namespaces").equals("0")) {
            return "sysctl -w user.max_user_namespaces=15000";
        }
        return "allow user namespaces for this machine or container";
    }

    private static String setting(String file) {
        try {
            return Files.readString(Path.of(file), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            return "";
        }
    }
}
