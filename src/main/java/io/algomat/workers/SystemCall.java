package io.algomat.workers;

/** The system calls that a sandbox's filter knows by name, with their numbers; -1 where an architecture has none. */
enum SystemCall {
    // What makes or enters namespaces.
    UNSHARE(272, 97),
    SETNS(308, 268),
    CLONE(56, 220),
    CLONE3(435, 435),

    // Mounts.
    MOUNT(165, 40),
    UMOUNT2(166, 39),
    PIVOT_ROOT(155, 41),
    CHROOT(161, 51),
    OPEN_TREE(428, 428),
    MOVE_MOUNT(429, 429),
    FSOPEN(430, 430),
    FSCONFIG(431, 431),
    FSMOUNT(432, 432),
    FSPICK(433, 433),
    MOUNT_SETATTR(442, 442),

    // Keyrings outlive a sandbox and know no namespace.
    KEYCTL(250, 219),
    ADD_KEY(248, 217),
    REQUEST_KEY(249, 218),

    // Large doors into the kernel.
    BPF(321, 280),
    PERF_EVENT_OPEN(298, 241),
    USERFAULTFD(323, 282),
    IO_URING_SETUP(425, 425),
    IO_URING_ENTER(426, 426),
    IO_URING_REGISTER(427, 427),

    // Other processes' memory and descriptors.
    PTRACE(101, 117),
    PROCESS_VM_READV(310, 270),
    PROCESS_VM_WRITEV(311, 271),
    PROCESS_MADVISE(440, 440),
    KCMP(312, 272),
    PIDFD_GETFD(438, 438),
    OPEN_BY_HANDLE_AT(304, 265),

    // The machine itself.
    INIT_MODULE(175, 105),
    FINIT_MODULE(313, 273),
    DELETE_MODULE(176, 106),
    CREATE_MODULE(174, -1),
    KEXEC_LOAD(246, 104),
    KEXEC_FILE_LOAD(320, 294),
    REBOOT(169, 142),
    SWAPON(167, 224),
    SWAPOFF(168, 225),
    QUOTACTL(179, 60),
    QUOTACTL_FD(443, 443),
    ACCT(163, 89),
    SYSLOG(103, 116),
    CLOCK_SETTIME(227, 112),
    CLOCK_ADJTIME(305, 266),
    SETTIMEOFDAY(164, 170),
    ADJTIMEX(159, 171),
    PERSONALITY(135, 92),
    IOPL(172, -1),
    IOPERM(173, -1),
    USELIB(134, -1),
    LOOKUP_DCOOKIE(212, 18),
    NFSSERVCTL(180, 42),
    VHANGUP(153, 58),

    // Looked at more closely.
    SOCKET(41, 198),
    SOCKETPAIR(53, 199),
    IOCTL(16, 29);

    private final int x86;
    private final int arm;

    SystemCall(int x86, int arm) {
        this.x86 = x86;
        this.arm = arm;
    }

    int number(Architecture architecture) {
        return architecture == Architecture.X86_64 ? x86 : arm;
    }
}
