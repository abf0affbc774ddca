package io.algomat.platform.start;

import java.net.BindException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.flywaydb.core.api.exception.FlywayValidateException;

/** Turns what stopped Quarkus into a line for the person at the terminal; the log has the rest. */
final class KnownFailures {
    private KnownFailures() {}

    static StartFailure of(Throwable failure, Path log) {
        Throwable root = failure;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof FlywayValidateException) {
                return schema(String.valueOf(cause.getMessage()));
            }
            if (cause instanceof BindException) {
                return new StartFailure("Port", "The port was taken while Algomat started. Give another: --port N.");
            }
            if (cause instanceof SQLException) {
                return new StartFailure("PostgreSQL", cause.getMessage() + " (" + log + " has more)");
            }
            root = cause;
        }
        return new StartFailure("Start", root.getMessage() + " (" + log + " has more)");
    }

    private static StartFailure schema(String message) {
        if (message.contains("not resolved locally")) {
            return new StartFailure(
                    "Data",
                    "A newer Algomat made this data, and this one is too old for it. Start the newer one, or give this"
                            + " one a folder of its own: --data DIR.");
        }
        return new StartFailure("Data", "Its schema is not this program's: " + message.replaceAll("\\s*\\R\\s*", " "));
    }
}
