package io.algomat.calls;

import io.algomat.platform.ErrorCode;
import io.algomat.platform.Problem;
import java.sql.SQLException;
import org.jboss.logging.Logger;

/** Turns a failure of the database into what a reader of the call log is told; what really happened is logged. */
final class LogUnreadable {
    private static final Logger LOG = Logger.getLogger(LogUnreadable.class);

    private LogUnreadable() {}

    static Problem because(SQLException failure) {
        LOG.error("The call log could not be read", failure);
        return Problem.of(ErrorCode.DATABASE_AWAY, "The database did not answer, so no calls can be shown; try again.");
    }
}
