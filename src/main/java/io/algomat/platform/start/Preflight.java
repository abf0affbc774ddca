package io.algomat.platform.start;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** What can be known before anything is started. Each check prints its line, or fails with the remedy. */
final class Preflight {
    private static final int JAVA = 25;

    private final Console console;

    Preflight(Console console) {
        this.console = console;
    }

    void java() throws StartFailure {
        Runtime.Version version = Runtime.version();
        if (version.feature() < JAVA) {
            throw new StartFailure(
                    "Java",
                    version + " is too old; Algomat needs " + JAVA + ". Set JAVA_HOME to a newer one, or start it with"
                            + " ./algomat start, which looks for one.");
        }
        console.ok("Java", version + " (" + System.getProperty("java.vendor") + ")");
    }

    /** Opens the page's port for a moment, as Quarkus will. */
    void port(Settings settings) throws StartFailure {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(settings.host(), settings.port()));
        } catch (IOException e) {
            throw new StartFailure(
                    "Port",
                    settings.port() + " on " + settings.host() + " cannot be opened (" + e.getMessage()
                            + "). Give another: --port N, or --port 0 for any that is free.");
        }
    }
}
