package io.algomat.billing;

import static io.algomat.testing.PaymentService.chargedBack;
import static io.algomat.testing.PaymentService.paid;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.algomat.accounts.Caller;
import io.algomat.platform.Credits;
import io.algomat.platform.Ids;
import io.algomat.testing.Accounts;
import io.algomat.testing.Charges;
import io.algomat.testing.Money;
import io.algomat.testing.People;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LedgerBeans.class)
class MoneyMovesTest {
    private static final int MANY = 100;

    @Inject
    MoneyMoves moves;

    @Inject
    GrantCredit grant;

    @Inject
    AdjustCredit adjust;

    @Inject
    RefundCharge refund;

    @Inject
    FillGuest fillGuest;

    @Inject
    Paying service;

    @Inject
    Charges charges;

    @Inject
    Money money;

    @Inject
    People people;

    private Caller administrator;
    private Accounts.User ada;

    @BeforeEach
    void people() {
        administrator = people.administrator();
        ada = people.user();
    }

    private List<MoneyMoves.Move> of(String owner) {
        return moves.latest(MANY).stream()
                .filter(move -> move.owner().equals(owner))
                .toList();
    }

    @Test
    void theNewestComeFirstWithWhoDidItAndWhy() {
        Instant before = Instant.now().minusSeconds(1);
        grant.grant(administrator, ada.name(), "10", "A gift", Ids.random("form"));
        Caller second = people.administrator();
        adjust.adjust(second, ada.name(), "-3", "Too much", Ids.random("form"));

        assertThat(of(ada.name()))
                .extracting(
                        MoneyMoves.Move::kind,
                        MoneyMoves.Move::amount,
                        MoneyMoves.Move::actor,
                        MoneyMoves.Move::reason,
                        MoneyMoves.Move::reversible)
                .containsExactly(
                        tuple("adjustment", Credits.of(-3), second.name(), "Too much", true),
                        tuple("credit_grant", Credits.of(10), administrator.name(), "A gift", true));
        assertThat(of(ada.name())).allSatisfy(move -> assertThat(move.at()).isAfter(before));
        assertThat(moves.latest(1)).singleElement().satisfies(move -> {
            assertThat(move.owner()).isEqualTo(ada.name());
            assertThat(move.kind()).isEqualTo("adjustment");
        });
    }

    @Test
    void whatWasReversedIsReversibleNoMore() {
        grant.grant(administrator, ada.name(), "10", "A gift", Ids.random("form"));
        long gift = of(ada.name()).getFirst().posting();

        adjust.reverse(administrator, gift, "A mistake");

        assertThat(of(ada.name()))
                .extracting(MoneyMoves.Move::kind, MoneyMoves.Move::amount, MoneyMoves.Move::reversible)
                .containsExactly(
                        tuple("reversal", Credits.of(-10), false), tuple("credit_grant", Credits.of(10), false));
    }

    @Test
    void aRefundMovesTheMoneyOfBothAndChargesAreNotTold() {
        Accounts.User publisher = people.user();
        money.promo(ada.ownerId(), Credits.of(5));
        money.fund(ada.ownerId(), Credits.of(20));
        UUID call = charges.charge(ada.ownerId(), null, publisher.ownerId(), "x/a", 10_000_000, 2000)
                .callId();
        refund.refund(administrator, call, "", "Nonsense", Ids.random("form"));

        assertThat(of(ada.name()))
                .extracting(MoneyMoves.Move::kind, MoneyMoves.Move::amount)
                .containsExactly(
                        tuple("refund", Credits.of(12)),
                        tuple("credit_grant", Credits.of(20)),
                        tuple("credit_grant", Credits.of(5)));
        assertThat(of(publisher.name()))
                .extracting(MoneyMoves.Move::kind, MoneyMoves.Move::amount, MoneyMoves.Move::reversible)
                .containsExactly(tuple("refund", Credits.parse("-8.5"), false));
    }

    @Test
    void whatEverybodyIsGivenIsNotTold() throws Exception {
        fillGuest.fillDaily();
        service.send(paid(Ids.random("evt"), Ids.random("pay"), ada.name(), 100));

        assertThat(moves.latest(MANY)).noneMatch(move -> move.kind().equals("guest_allowance"));
        assertThat(of(ada.name()))
                .extracting(MoneyMoves.Move::kind, MoneyMoves.Move::actor, MoneyMoves.Move::reason)
                .containsExactly(tuple("top_up", null, null));
    }

    @Test
    void whoOwesMostComesFirst() {
        Accounts.User eve = people.user();
        owe(ada, 1);
        owe(eve, 2);
        people.user();

        List<MoneyMoves.Debt> debts = moves.debts().stream()
                .filter(debt -> List.of(ada.name(), eve.name()).contains(debt.owner()))
                .toList();

        assertThat(debts)
                .containsExactly(
                        new MoneyMoves.Debt(eve.name(), Credits.of(200)),
                        new MoneyMoves.Debt(ada.name(), Credits.of(100)));
        service.send(paid(Ids.random("evt"), Ids.random("pay"), ada.name(), 1));
        assertThat(moves.debts()).noneMatch(debt -> debt.owner().equals(ada.name()));
    }

    /** What somebody paid, spent and took back. */
    private void owe(Accounts.User user, long cents) {
        String payment = Ids.random("pay");
        service.send(paid(Ids.random("evt"), payment, user.name(), cents));
        charges.charge(user.ownerId(), null, administrator.ownerId(), "x/a", cents * 100_000_000, 0);
        service.send(chargedBack(Ids.random("evt"), payment, cents));
    }
}
