package io.algomat.runner;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

/**
 * Runs inside a sandbox in a worker's place and tries what a worker must not be able to do. Prints {@code name: what it did}
 * for each thing, nothing behind the colon where it was refused, and then {@code tried}: a trial that breaks off proves
 * nothing. Then it waits for a byte, so that the host may look at it from outside, and takes more memory than it may.
 */
public final class SandboxTrial {
    private static final long CLONE_NEWUSER = 0x10000000L;
    private static final int AF_VSOCK = 40;
    private static final int SOCK_STREAM = 1;
    private static final int BPF_MAP_CREATE = 0;
    private static final int PTRACE_TRACEME = 0;
    private static final int KEYCTL_JOIN_SESSION_KEYRING = 1;

    private final Map<String, Long> numbers = new TreeMap<>();
    private final int mostThreads;

    private SandboxTrial(int mostThreads) {
        this.mostThreads = mostThreads;
    }

    /**
     * @param arguments a path of the host that must not be there, processes and memory in bytes that it may have, and pairs
     *     of a system call's name and number
     */
    public static void main(String[] arguments) throws IOException {
        SandboxTrial trial = new SandboxTrial(Integer.parseInt(arguments[1]));
        for (int i = 3; i + 1 < arguments.length; i += 2) {
            trial.numbers.put(arguments[i], Long.valueOf(arguments[i + 1]));
        }
        trial.work();
        say("read files of the host", seen(arguments[0]));
        say("write outside of /tmp", written());
        say("reach the network", reached());
        say("read the gateway's environment", environment());
        say("see other processes", processes());
        trial.kernel();
        say("gain rights", rights());
        say("start more processes than it may", trial.threads());
        System.out.println("tried");
        if (System.in.read() >= 0) {
            say("take more memory than it may", memory(2 * Long.parseLong(arguments[2])));
        }
    }

    private static void say(String name, String leak) {
        System.out.println(name + ": " + leak);
    }

    /** What must work: walls within which nothing runs would pass all the rest. */
    private void work() throws IOException {
        Path file = Files.createTempFile(Path.of("/tmp"), "trial", "");
        Files.writeString(file, "written");
        if (!Files.readString(file).equals("written")) {
            throw new IOException("what was written to /tmp does not come back");
        }
        Files.delete(file);
        System.out.println("works");
    }

    private static String seen(String hidden) {
        List<String> seen = Stream.of(
                        "/etc/shadow", "/etc/passwd", "/root", "/home", "/usr/bin", "/var", "/sys", "/run", hidden)
                .filter(path -> Files.exists(Path.of(path)))
                .toList();
        return String.join(" ", seen);
    }

    private static String written() {
        List<String> written = new ArrayList<>();
        for (String folder : List.of("/", "/algo", "/runner", "/jdk", "/gateway", "/proc/sys/kernel")) {
            try {
                Files.delete(Files.createTempFile(Path.of(folder), "trial", ""));
                written.add(folder);
            } catch (IOException e) {
                // Refused, as it must be.
            }
        }
        return String.join(" ", written);
    }

    private static String reached() throws IOException {
        List<String> others = NetworkInterface.networkInterfaces()
                .map(NetworkInterface::getName)
                .filter(name -> !name.equals("lo"))
                .toList();
        if (!others.isEmpty()) {
            return "it has the interfaces " + others;
        }
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("192.0.2.1", 9), 500);
            return "it connects";
        } catch (SocketTimeoutException e) {
            return "there is a way out";
        } catch (IOException e) {
            return "";
        }
    }

    private static String environment() {
        Map<String, String> given = new TreeMap<>(System.getenv());
        given.keySet().removeAll(List.of("LANG", "PWD"));
        return String.join(" ", given.keySet());
    }

    private static String processes() throws IOException {
        try (Stream<Path> entries = Files.list(Path.of("/proc"))) {
            long count = entries.filter(entry -> entry.getFileName().toString().matches("\\d+"))
                    .count();
            return count > 2 ? "it sees " + count : "";
        }
    }

    private void kernel() {
        attempt("make a user namespace", "UNSHARE", CLONE_NEWUSER, 0, 0, 0, 0);
        attempt(
                "mount a file system",
                "MOUNT",
                KernelCalls.text("none"),
                KernelCalls.text("/tmp"),
                KernelCalls.text("tmpfs"),
                0,
                0);
        attempt("keep keys in the kernel", "KEYCTL", KEYCTL_JOIN_SESSION_KEYRING, 0, 0, 0, 0);
        attempt("hand calls in through io_uring", "IO_URING_SETUP", 1, KernelCalls.zeros(1024), 0, 0, 0);
        attempt("open a socket to the hypervisor", "SOCKET", AF_VSOCK, SOCK_STREAM, 0, 0, 0);
        attempt("load a program into the kernel", "BPF", BPF_MAP_CREATE, KernelCalls.zeros(256), 128, 0, 0);
        attempt("handle its own page faults", "USERFAULTFD", 1, 0, 0, 0, 0);
        attempt("change what kind of process it is", "PERSONALITY", 0xffffffffL, 0, 0, 0, 0);
        attempt("be traced", "PTRACE", PTRACE_TRACEME, 0, 0, 0, 0);
    }

    private void attempt(String name, String call, long first, long second, long third, long fourth, long fifth) {
        long number = numbers.getOrDefault(call, -1L);
        boolean done = KernelCalls.done(number, first, second, third, fourth, fifth);
        say(name, done ? "the kernel did it" : "");
    }

    private static String rights() throws IOException {
        List<String> wrong = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
            String[] parts = line.split(":\\s*", 2);
            boolean holds = switch (parts[0]) {
                case "NoNewPrivs" -> parts[1].equals("1");
                case "Seccomp" -> parts[1].equals("2");
                case "CapEff", "CapPrm", "CapInh", "CapBnd", "CapAmb" -> parts[1].matches("0+");
                default -> true;
            };
            if (!holds) {
                wrong.add(parts[0] + " " + parts[1]);
            }
        }
        return String.join(", ", wrong);
    }

    private String threads() {
        CountDownLatch end = new CountDownLatch(1);
        try {
            for (int i = 0; i <= mostThreads; i++) {
                Thread.ofPlatform().daemon().start(() -> await(end));
            }
            return "it has more than " + mostThreads + " threads";
        } catch (OutOfMemoryError e) {
            return "";
        } finally {
            end.countDown();
        }
    }

    /** A control group ends the process for it; a limit of the process alone refuses it. */
    private static String memory(long bytes) {
        try {
            KernelCalls.take(bytes);
            return "it took twice as much";
        } catch (OutOfMemoryError e) {
            return "";
        }
    }

    private static void await(CountDownLatch end) {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
