package io.algomat.billing;

import static org.assertj.core.api.Assertions.assertThat;

import io.algomat.accounts.OwnerCreated;
import io.algomat.accounts.Owners;
import io.algomat.platform.Credits;
import io.algomat.testing.Accounts;
import io.algomat.testing.Money;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

/** That billing is told of new owners. What it gives to whom is {@link OpenAccountsTest}'s. */
@QuarkusTest
class SignUpGrantTest {
    @Inject
    GrantHistory history;

    @Inject
    Owners owners;

    @Inject
    Event<OwnerCreated> created;

    @Inject
    Money money;

    @Test
    void whoSignsUpIsGivenTheSignUpGrantExactlyOnce() {
        Accounts.User user = Accounts.user("granted");
        assertThat(money.of(user.ownerId()).promo()).isEqualTo(Credits.of(10_000));

        QuarkusTransaction.requiringNew()
                .run(() -> created.fire(new OwnerCreated(user.ownerId(), user.name(), false, false)));

        assertThat(money.of(user.ownerId()).promo()).isEqualTo(Credits.of(10_000));
        assertThat(history.of(user.ownerId()))
                .extracting(GrantHistory.Grant::kind)
                .containsExactly("sign_up");
    }

    @Test
    void theGuestHasAnAllowanceFromTheBeginning() {
        assertThat(money.of(owners.guest().ownerId()).promo()).isGreaterThan(Credits.ZERO);
    }
}
