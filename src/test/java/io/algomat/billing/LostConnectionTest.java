package io.algomat.billing;

import static org.assertj.core.api.Assertions.assertThat;

import io.algomat.platform.Credits;
import io.algomat.testing.Money;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The server cuts the gateway's connections while a charge is on its way. */
@ExtendWith(LedgerBeans.class)
class LostConnectionTest {
    @ConfigProperty(name = "algomat.db.url")
    String url;

    @ConfigProperty(name = "algomat.db.username")
    String app;

    @ConfigProperty(name = "algomat.db.password")
    String appPassword;

    @Inject
    Billing billing;

    @Inject
    Money money;

    @Test
    void aChargeWhoseConnectionIsCutIsTriedAgainAndChargedOnce() throws Exception {
        long caller = money.ownerWithoutCredit();
        long publisher = money.ownerWithoutCredit();
        money.fund(caller, Credits.of(1));
        Hold hold = billing.hold(Calls.royaltyOnly(caller, publisher, 400_000));
        try (Connection blocker = DriverManager.getConnection(url, app, appPassword);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            blocker.setAutoCommit(false);
            Long[] accounts = {Accounts.in(blocker, caller).id(AccountKind.FUNDED)};
            Rows.list(blocker, "SELECT id FROM lock_accounts(?)", row -> row.getLong(1), (Object) accounts);

            Future<Charge> charging = threads.submit(() -> billing.capture(hold, 1));
            Awaitility.await().until(() -> cutWaiting(blocker) > 0);
            blocker.rollback();

            assertThat(charging.get().total()).isEqualTo(Credits.micro(400_000));
        }
        assertThat(billing.available(caller)).isEqualTo(Credits.micro(600_000));
        assertThat(money.of(caller).funded()).isEqualTo(Credits.micro(600_000));
    }

    /** Ends the sessions that wait for the blocked account. */
    private static long cutWaiting(Connection blocker) throws SQLException {
        return Rows.list(blocker, """
                        SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                        WHERE pg_backend_pid() = ANY (pg_blocking_pids(pid))
                        """, row -> row.getBoolean(1)).size();
    }
}
