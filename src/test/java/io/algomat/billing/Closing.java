package io.algomat.billing;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.YearMonth;

/** Closes months for tests of other packages. */
@ApplicationScoped
public class Closing {
    private final CloseMonth closeMonth;

    Closing(CloseMonth closeMonth) {
        this.closeMonth = closeMonth;
    }

    public void close(YearMonth month) {
        try {
            closeMonth.close(month);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
