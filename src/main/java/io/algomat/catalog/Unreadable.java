package io.algomat.catalog;

import io.algomat.platform.ErrorCode;
import io.algomat.platform.Problem;
import java.sql.SQLException;
import org.jboss.logging.Logger;

/** Turns a failure of the database into what a caller is told; what really happened goes to the log. */
final class Unreadable {
    private static final Logger LOG = Logger.getLogger(Unreadable.class);

    private Unreadable() {}

    static Problem database(SQLException failure) {
        LOG.error("The catalogue's database failed", failure);
        return Problem.of(ErrorCode.DATABASE_AWAY, "The database did not answer. Nothing was changed; try again.");
    }
}
