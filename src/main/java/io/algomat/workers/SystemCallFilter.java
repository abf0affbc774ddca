package io.algomat.workers;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The sandbox's filter of system calls (docs/sandbox.md). It closes what namespaces leave open; all that is not named
 * here is allowed, up to the newest call that was looked at.
 */
final class SystemCallFilter {
    private static final int NUMBER = 0;
    private static final int ARCHITECTURE = 4;
    private static final int FIRST_ARGUMENT = 16;
    private static final int SECOND_ARGUMENT = 24;

    private static final int ALLOW = 0x7fff0000;
    private static final int KILL = 0x80000000;
    private static final int ERROR = 0x00050000;
    private static final int EPERM = 1;
    private static final int ENOSYS = 38;

    /** On x86-64, the calls of its 32-bit pointers: the same ones once more under other numbers. */
    private static final int X32 = 0x40000000;

    /** removexattrat; programs take ENOSYS for a call that the kernel is too old for, and do without. */
    private static final int NEWEST = 466;

    /** CLONE_NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID and NEWNET; clone has no flag for time namespaces. */
    private static final int NEW_NAMESPACES = 0x7E020000;

    private static final int AF_UNIX = 1;
    private static final int AF_INET = 2;
    private static final int AF_INET6 = 10;

    /** Types into the terminal that a process has in common with others. */
    private static final int TIOCSTI = 0x5412;

    private static final int TIOCLINUX = 0x541C;

    private static final Set<SystemCall> LOOKED_AT =
            EnumSet.of(SystemCall.CLONE, SystemCall.CLONE3, SystemCall.SOCKET, SystemCall.SOCKETPAIR, SystemCall.IOCTL);

    private SystemCallFilter() {}

    /** The program as the kernel takes it. */
    static byte[] bytes(Architecture architecture) {
        FilterAssembler out = new FilterAssembler()
                .load(ARCHITECTURE)
                .unlessEqual(architecture.audit, "kill")
                .load(NUMBER);
        if (architecture == Architecture.X86_64) {
            out.ifAtLeast(X32, "kill");
        }
        out.ifAtLeast(NEWEST + 1, "unknown")
                .ifEqual(SystemCall.CLONE3.number(architecture), "unknown")
                .ifEqual(SystemCall.CLONE.number(architecture), "clone")
                .ifEqual(SystemCall.SOCKET.number(architecture), "socket")
                .ifEqual(SystemCall.SOCKETPAIR.number(architecture), "socket")
                .ifEqual(SystemCall.IOCTL.number(architecture), "ioctl");
        refused(architecture).forEach(number -> out.ifEqual(number, "refuse"));
        return out.answer(ALLOW)
                .label("clone")
                .load(FIRST_ARGUMENT)
                .ifAnyBit(NEW_NAMESPACES, "refuse")
                .answer(ALLOW)
                .label("socket")
                .load(FIRST_ARGUMENT)
                .ifEqual(AF_UNIX, "allow")
                .ifEqual(AF_INET, "allow")
                .ifEqual(AF_INET6, "allow")
                .answer(ERROR | EPERM)
                .label("ioctl")
                .load(SECOND_ARGUMENT)
                .ifEqual(TIOCSTI, "refuse")
                .ifEqual(TIOCLINUX, "refuse")
                .label("allow")
                .answer(ALLOW)
                .label("refuse")
                .answer(ERROR | EPERM)
                .label("unknown")
                .answer(ERROR | ENOSYS)
                .label("kill")
                .answer(KILL)
                .bytes();
    }

    private static List<Integer> refused(Architecture architecture) {
        List<Integer> numbers = new ArrayList<>();
        for (SystemCall call : EnumSet.complementOf(EnumSet.copyOf(LOOKED_AT))) {
            int number = call.number(architecture);
            if (number >= 0) {
                numbers.add(number);
            }
        }
        return numbers;
    }
}
