package io.algomat.platform.start;

import io.quarkus.runtime.configuration.DurationConverter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The few settings that are needed before Quarkus reads its configuration, from the same places and names. */
record Settings(Path data, String host, int port) {
    static Settings read() throws StartFailure {
        return new Settings(
                Path.of(get("algomat.data", "data")).toAbsolutePath().normalize(),
                get("algomat.host", "127.0.0.1"),
                port(get("algomat.port", "8080")));
    }

    /**
     * A system property, or the environment variable of the same name ({@code algomat.db.url}: ALGOMAT_DB_URL), or the text
     * of the file that ALGOMAT_DB_URL_FILE names.
     */
    static @Nullable String get(String name) {
        String property = System.getProperty(name);
        if (property != null) {
            return property;
        }
        String variable = name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
        String value = System.getenv(variable);
        return value == null ? SettingFiles.values().get(variable) : value;
    }

    private static String get(String name, String otherwise) {
        String value = get(name);
        return value == null ? otherwise : value;
    }

    /** How long the gateway may take to stop: it drains, its last calls end, and ten seconds are left for all else. */
    static Duration stopping() throws StartFailure {
        return duration("algomat.drain", "0s")
                .plus(duration("algomat.last-calls", "20s"))
                .plusSeconds(10);
    }

    private static Duration duration(String name, String otherwise) throws StartFailure {
        String text = get(name, otherwise);
        try {
            return DurationConverter.parseDuration(text);
        } catch (IllegalArgumentException _) {
            throw new StartFailure("Stop", name + " must be a duration such as 20s, not '" + text + "'.");
        }
    }

    private static int port(String text) throws StartFailure {
        try {
            int port = Integer.parseInt(text);
            return port == 0 ? freePort() : port;
        } catch (NumberFormatException _) {
            throw new StartFailure("Port", "algomat.port must be a number from 0 to 65535, not '" + text + "'.");
        }
    }

    private static int freePort() throws StartFailure {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new StartFailure("Port", "There is no free port: " + e.getMessage());
        }
    }
}
