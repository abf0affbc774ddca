package io.algomat.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.algomat.accounts.Audit;
import io.algomat.accounts.Caller;
import io.algomat.accounts.Organisations;
import io.algomat.accounts.Scope;
import io.algomat.platform.Credits;
import io.algomat.platform.ErrorCode;
import io.algomat.platform.Ids;
import io.algomat.platform.Problem;
import io.algomat.platform.Sql;
import io.algomat.testing.Accounts;
import io.algomat.testing.Charges;
import io.algomat.testing.Money;
import io.algomat.testing.People;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who may ask for how much. What follows of it is {@link PayoutsTest}'s. */
@ExtendWith(LedgerBeans.class)
class RequestPayoutTest {
    private static final String IBAN = "DE89370400440532013000";

    @Inject
    Payouts payouts;

    @Inject
    Charges charges;

    @Inject
    Organisations organisations;

    @Inject
    PayoutsConfig config;

    @Inject
    Audit audit;

    @Inject
    Money money;

    @Inject
    People people;

    @Inject
    DataSource database;

    @Inject
    Sql sql;

    private Accounts.User ada;

    @BeforeEach
    void somebody() {
        ada = people.user();
    }

    /** Somebody pays a royalty from funded credit; 85 % of it are the publisher's. */
    private void earn(long publisher, long credits) {
        long caller = money.ownerWithoutCredit();
        money.fund(caller, Credits.of(credits));
        charges.charge(caller, null, publisher, "x/a", credits * 1_000_000, 0);
    }

    /** As if asked when what was earned by now has matured. */
    private long request(Caller actor, String owner, String amount, String payee) {
        Clock then = Clock.fixed(Instant.now().plus(Duration.ofDays(8)), ZoneOffset.UTC);
        RequestPayout later = new RequestPayout(database, organisations, config, audit, then);
        return LedgerTransactions.whole(() -> later.request(actor, owner, amount, payee, IBAN, Ids.random("form")));
    }

    private Problem refusal(Caller actor, String owner, String amount, String payee) {
        return catchThrowableOfType(Problem.class, () -> request(actor, owner, amount, payee));
    }

    private String field(String amount, String payee) {
        return refusal(ada.caller(), ada.name(), amount, payee)
                .errors()
                .getFirst()
                .where();
    }

    @Test
    void theLeastAndAllThatHasMaturedIsPaidOut() {
        earn(ada.ownerId(), 1_000_000);
        assertThat(field("99999.99", "Ada")).isEqualTo("amount");
        assertThat(field("850100", "Ada")).isEqualTo("amount");
        request(ada.caller(), ada.name(), "100000", "Ada");
        request(ada.caller(), ada.name(), "750000", "Ada");
        assertThat(money.of(ada.ownerId()).earnings()).isEqualTo(Credits.ZERO);
    }

    @Test
    void aPayeeHasANameThatABankCanTake() {
        earn(ada.ownerId(), 1_000_000);
        for (String wrong : List.of("", " ", "x".repeat(71), "Ada\nLovelace")) {
            assertThat(field("100000", wrong)).isEqualTo("payee");
        }
        request(ada.caller(), ada.name(), "100000", " " + "x".repeat(70) + " ");
        assertThat(payouts.of(ada.ownerId()).getFirst().payee()).isEqualTo("x".repeat(70));
    }

    @Test
    void onlyWhatIsAboveTheLimitNeedsTwoAdministrators() {
        earn(ada.ownerId(), 30_000_000);
        request(ada.caller(), ada.name(), "10000000", "Ada");
        request(ada.caller(), ada.name(), "10000100", "Ada");
        assertThat(payouts.of(ada.ownerId()))
                .extracting(Payouts.Payout::approvalsNeeded)
                .containsExactly(2, 1);
    }

    @Test
    void askingIsAudited() {
        earn(ada.ownerId(), 1_000_000);
        long id = request(ada.caller(), ada.name(), "100000", "Ada");

        assertThat(sql.list(
                        "SELECT act || ' ' || reason AS row FROM audit WHERE subject = ? AND actor_id = ?",
                        row -> row.getString("row"),
                        "payout:" + id,
                        ada.ownerId()))
                .containsExactly("payout.request 100000 credits of " + ada.name());
    }

    @Test
    void anOrganisationsEarningsAreItsOwnersToAskFor() {
        Accounts.User organisation = people.user();
        Accounts.User member = people.user();
        sql.update("UPDATE owner SET kind = 'organisation' WHERE id = ?", organisation.ownerId());
        for (Accounts.User user : List.of(ada, member)) {
            sql.update(
                    "INSERT INTO membership (organisation_id, user_id, role) VALUES (?, ?, ?)",
                    organisation.ownerId(),
                    user.ownerId(),
                    user == ada ? "owner" : "member");
        }
        earn(organisation.ownerId(), 1_000_000);

        assertThat(refusal(member.caller(), organisation.name(), "100000", "Org")
                        .code())
                .isEqualTo(ErrorCode.FORBIDDEN);
        assertThat(refusal(people.user().caller(), organisation.name(), "100000", "Org")
                        .code())
                .isEqualTo(ErrorCode.NOT_FOUND);
        request(ada.caller(), organisation.name(), "100000", "Org");

        assertThat(payouts.of(organisation.ownerId())).singleElement().satisfies(payout -> {
            assertThat(payout.owner()).isEqualTo(organisation.name());
            assertThat(payout.requestedBy()).isEqualTo(ada.name());
        });
        assertThat(payouts.of(ada.ownerId())).isEmpty();
    }

    @Test
    void visitorsAndKeysAskForNothing() {
        earn(ada.ownerId(), 1_000_000);
        for (Caller caller : List.of(caller(null, true), caller(7L, false))) {
            assertThat(refusal(caller, ada.name(), "100000", "Ada").code()).isEqualTo(ErrorCode.FORBIDDEN);
        }
        assertThat(request(caller(null, false), ada.name(), "100000", "Ada")).isPositive();
    }

    private Caller caller(@Nullable Long key, boolean guest) {
        return new Caller(ada.ownerId(), ada.name(), key, EnumSet.allOf(Scope.class), Set.of(), false, guest);
    }
}
