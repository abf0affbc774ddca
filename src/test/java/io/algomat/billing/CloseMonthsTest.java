package io.algomat.billing;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LedgerBeans.class)
class CloseMonthsTest {
    @Inject
    CloseMonths months;

    @Test
    void nothingIsDueWhereNothingWasEverCharged() throws SQLException {
        assertThat(months.due()).isEmpty();
    }
}
