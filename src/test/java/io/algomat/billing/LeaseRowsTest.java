package io.algomat.billing;

import static org.assertj.core.api.Assertions.assertThat;

import io.algomat.platform.Credits;
import io.algomat.testing.Money;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a gateway is answered about its leases. What becomes of several gateways' is {@link LeasesTest}'s. */
@ExtendWith(LedgerBeans.class)
class LeaseRowsTest {
    @Inject
    Leases leases;

    @Inject
    Claims claims;

    @Inject
    Money money;

    private Claim claim;
    private long caller;

    @BeforeEach
    void credit() {
        claim = claims.claim();
        caller = money.ownerWithoutCredit();
        money.fund(caller, Credits.of(100));
    }

    @Test
    void onlyWhoKnowsTheLeaseAsItIsGivesOfItBack() {
        Lease lease = leases.renew(claim, caller);
        Leases.Lent lent = leases.lend(claim, caller, lease.version(), Credits.of(10), Credits.of(10), Credits.of(10));
        assertThat(lent.granted()).isEqualTo(Credits.of(10));
        assertThat(leases.renew(claim, caller).version()).isGreaterThan(lent.version());

        assertThat(leases.giveBack(claim, caller, lent.version(), Credits.of(10)))
                .isFalse();

        Lease now = leases.renew(claim, caller);
        assertThat(now.granted()).isEqualTo(Credits.of(10));
        assertThat(leases.giveBack(claim, caller, now.version(), Credits.of(4))).isTrue();
        assertThat(leases.renew(claim, caller).granted()).isEqualTo(Credits.of(6));
        assertThat(leases.giveBack(claim, caller, leases.renew(claim, caller).version(), Credits.of(6)))
                .isTrue();
    }
}
