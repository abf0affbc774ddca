package io.algomat.workers;

import java.util.List;

/**
 * Whether workers can be locked in on this machine, and what the self-test found.
 *
 * @param available whether there are walls: namespaces, mounts, the filter of system calls
 * @param code whether programs of publishers may run in them too, which takes control groups as well
 * @param reason what is missing, or how it works
 * @param remedy the command or setting that mends it; empty when nothing is wrong
 * @param attempts what the self-test tried; empty where it could not try anything
 */
public record SandboxReport(boolean available, boolean code, String reason, String remedy, List<Attempt> attempts) {
    /**
     * One thing that no sandbox may let pass.
     *
     * @param leak what happened; empty where it was refused
     */
    public record Attempt(String name, String leak) {
        public boolean held() {
            return leak.isEmpty();
        }
    }

    public SandboxReport {
        attempts = List.copyOf(attempts);
    }

    static SandboxReport none(String reason, String remedy) {
        return new SandboxReport(false, false, reason, remedy, List.of());
    }

    /** How many attempts were refused, as they must be. */
    public long held() {
        return attempts.stream().filter(Attempt::held).count();
    }
}
