package io.algomat.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.algomat.platform.Credits;
import io.algomat.testing.Money;
import io.algomat.testing.People;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LedgerBeans.class)
class LockedAccountsTest {
    @Inject
    Billing billing;

    @Inject
    Accounts accounts;

    @Inject
    Money money;

    @Inject
    People people;

    @Inject
    DataSource database;

    private long owner;
    private long promo;
    private long funded;
    private long earnings;

    @BeforeEach
    void somebody() throws SQLException {
        owner = people.user().ownerId();
        money.promo(owner, Credits.of(3));
        money.fund(owner, Credits.of(5));
        promo = accounts.of(owner).id(AccountKind.PROMO);
        funded = accounts.of(owner).id(AccountKind.FUNDED);
        earnings = accounts.of(owner).id(AccountKind.EARNINGS);
    }

    @Test
    void noMoreMayBeTakenThanIsThereAndNotLent() throws SQLException {
        try (Connection connection = database.getConnection()) {
            LockedAccounts idle = LockedAccounts.withCredit(connection, owner, earnings);
            assertThat(idle.balance(promo)).isEqualTo(Credits.of(3));
            assertThat(idle.balance(earnings)).isEqualTo(Credits.ZERO);
            assertThat(idle.takeable(promo)).isEqualTo(Credits.of(3));
            assertThat(idle.takeable(funded)).isEqualTo(Credits.of(5));
        }
        Hold running = billing.hold(Calls.royaltyOnly(owner, owner, 4_000_000));
        try (Connection connection = database.getConnection()) {
            LockedAccounts lent = LockedAccounts.withCredit(connection, owner);
            assertThat(lent.balance(funded)).isEqualTo(Credits.of(5));
            assertThat(lent.takeable(promo)).isEqualTo(Credits.of(3));
            assertThat(lent.takeable(funded)).isEqualTo(Credits.of(4));
        }
        assertThat(billing.capture(running, 1).total()).isEqualTo(Credits.of(4));
    }

    @Test
    void whatIsNotLockedOrWasNotAskedForIsAFault() throws SQLException {
        try (Connection connection = database.getConnection()) {
            LockedAccounts locked = new LockedAccounts(connection, earnings);
            assertThatThrownBy(() -> locked.balance(funded)).hasMessageContaining("is not locked");
            assertThatThrownBy(() -> locked.takeable(earnings)).hasMessage("Nobody asked what is lent");
        }
    }
}
