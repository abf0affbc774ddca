package io.algomat.billing;

import static org.assertj.core.api.Assertions.assertThat;

import io.algomat.platform.Sql;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.inject.Inject;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Epochs of a gateway. What becomes of credit that was lent in one that is over is {@link LeasesTest}'s. */
@ExtendWith(LedgerBeans.class)
class GatewayTest {
    @Inject
    DataSource database;

    @Inject
    Sql sql;

    private Gateway gateway;

    @BeforeEach
    void gateway() {
        gateway = new Gateway(database);
    }

    @AfterEach
    void leave() {
        gateway.leave(new ShutdownEvent());
    }

    @Test
    void aHeartThatBeatsKeepsItsEpochAndIsSeen() {
        Claim claim = gateway.claim();
        sql.update("UPDATE gateway SET heartbeat = heartbeat - interval '10 seconds' WHERE id = ?", claim.gateway());

        gateway.beat();

        assertThat(gateway.is(claim)).isTrue();
        assertThat(gateway.claim()).isEqualTo(claim);
        assertThat(sql.count(
                        "SELECT count(*) FROM gateway WHERE id = ? AND heartbeat > now() - interval '5 seconds'",
                        claim.gateway()))
                .isOne();
    }

    @Test
    void whoeverEndedItsEpochIsHeardAtTheNextBeat() {
        Claim over = gateway.claim();
        sql.first("SELECT end_epoch(?, ?)", _ -> true, over.gateway(), over.epoch());

        gateway.beat();

        assertThat(gateway.is(over)).isFalse();
        Claim next = gateway.claim();
        assertThat(next.gateway()).isEqualTo(over.gateway());
        assertThat(next.epoch()).isGreaterThan(over.epoch());
    }

    @Test
    void aClaimThatIsOverForSomebodyElseChangesNothing() {
        Claim claim = gateway.claim();

        gateway.lost(new Claim(claim.gateway(), claim.epoch() - 1));

        assertThat(gateway.claim()).isEqualTo(claim);
        assertThat(gateway.is(new Claim(claim.gateway(), claim.epoch() - 1))).isFalse();
    }
}
