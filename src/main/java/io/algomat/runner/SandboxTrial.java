package io.algomat.runner;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Runs inside a sandbox in a worker's place and tries what a worker must not be able to do. Prints a line for each thing
 * that it could do after all, and ends with the line {@code tried}: a trial that breaks off proves nothing.
 */
public final class SandboxTrial {
    private final List<String> leaks = new ArrayList<>();

    private SandboxTrial() {}

    /** @param arguments paths of the host that must not be there, such as the data folder */
    public static void main(String[] arguments) throws IOException {
        SandboxTrial trial = new SandboxTrial();
        trial.files(arguments);
        trial.network();
        trial.environment();
        trial.processes();
        trial.leaks.forEach(System.out::println);
        System.out.println("tried");
        // Stays until the gateway has looked at this process from outside.
        System.in.read();
    }

    private void files(String[] hidden) {
        for (String path : Stream.concat(
                        Stream.of("/etc/shadow", "/etc/passwd", "/root", "/home", "/usr/bin", "/var", "/sys"),
                        Stream.of(hidden))
                .toList()) {
            if (Files.exists(Path.of(path))) {
                leaks.add("it sees " + path);
            }
        }
        for (String folder : List.of("/", "/algo", "/runner", "/jdk", "/gateway")) {
            try {
                Files.delete(Files.createTempFile(Path.of(folder), "trial", ""));
                leaks.add("it writes to " + folder);
            } catch (IOException e) {
                // Refused, as it must be.
            }
        }
    }

    private void network() throws SocketException {
        List<String> others = NetworkInterface.networkInterfaces()
                .map(NetworkInterface::getName)
                .filter(name -> !name.equals("lo"))
                .toList();
        if (!others.isEmpty()) {
            leaks.add("it has the network interfaces " + others);
        }
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("192.0.2.1", 9), 500);
            leaks.add("it connects to the network");
        } catch (java.net.SocketTimeoutException e) {
            leaks.add("it has a way to the network");
        } catch (IOException e) {
            // Unreachable, as it must be.
        }
    }

    private void environment() {
        Map<String, String> given = new TreeMap<>(System.getenv());
        given.keySet().removeAll(List.of("LANG", "PWD"));
        if (!given.isEmpty()) {
            leaks.add("it sees the environment variables " + given.keySet());
        }
    }

    private void processes() throws IOException {
        try (Stream<Path> entries = Files.list(Path.of("/proc"))) {
            long count = entries.filter(entry -> entry.getFileName().toString().matches("\\d+"))
                    .count();
            if (count > 2) {
                leaks.add("it sees " + count + " processes");
            }
        }
    }
}
