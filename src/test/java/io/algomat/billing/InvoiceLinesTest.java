package io.algomat.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.algomat.accounts.Caller;
import io.algomat.accounts.Scope;
import io.algomat.platform.Credits;
import io.algomat.platform.ErrorCode;
import io.algomat.platform.Ids;
import io.algomat.platform.Price;
import io.algomat.platform.Problem;
import io.algomat.platform.UnitPrice;
import io.algomat.platform.Units;
import io.algomat.testing.Accounts;
import io.algomat.testing.Money;
import io.algomat.testing.PastCharges;
import io.algomat.testing.People;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What stands on invoices, and who sees them. When months are closed is {@link CloseMonthsTest}'s. */
@ExtendWith(LedgerBeans.class)
class InvoiceLinesTest {
    @Inject
    CloseMonth closeMonth;

    @Inject
    Invoices invoices;

    @Inject
    RefundCharge refund;

    @Inject
    Billing billing;

    @Inject
    PastCharges past;

    @Inject
    Money money;

    @Inject
    People people;

    @Inject
    DataSource database;

    private Accounts.User ada;
    private long publisher;

    @BeforeEach
    void people() {
        ada = people.user();
        publisher = people.user().ownerId();
    }

    private YearMonth closed(long royalty, int millis) throws SQLException {
        YearMonth month = past.freeMonth();
        past.charge(ada, null, publisher, "x/a", month.atDay(1), royalty, millis);
        closeMonth.close(month);
        return month;
    }

    @Test
    void theNewestInvoiceComesFirstAndTellsItsMonth() throws SQLException {
        Instant before = Instant.now().minusSeconds(1);
        YearMonth first = closed(1_000_000, 10);
        YearMonth second = closed(2_000_000, 20);

        List<Invoices.Invoice> found = invoices.of(ada.caller());

        assertThat(found)
                .extracting(
                        Invoices.Invoice::period,
                        Invoices.Invoice::total,
                        Invoices.Invoice::promo,
                        Invoices.Invoice::funded)
                .containsExactly(
                        tuple(second, Credits.parse("2.02"), Credits.ZERO, Credits.parse("2.02")),
                        tuple(first, Credits.parse("1.01"), Credits.ZERO, Credits.parse("1.01")));
        assertThat(found).allSatisfy(invoice -> {
            assertThat(invoice.ownerId()).isEqualTo(ada.ownerId());
            assertThat(invoice.owner()).isEqualTo(ada.name());
            assertThat(invoice.issuedAt()).isAfter(before);
            assertThat(invoice.creditNote()).isFalse();
        });
        assertThat(found.get(0).no()).isEqualTo(found.get(1).no() + 1);
        assertThat(invoices.lines(found.getFirst()))
                .containsExactly(new Invoices.Line(
                        false,
                        "x/a",
                        "1.0.0",
                        null,
                        null,
                        1,
                        20,
                        Credits.of(2),
                        Credits.parse("0.02"),
                        Credits.ZERO,
                        Credits.parse("2.02"),
                        null,
                        null));
    }

    @Test
    void moreGivenBackThanChargedIsACreditNote() {
        Invoices.Invoice invoice = new Invoices.Invoice(
                7, 1, "ada", YearMonth.of(2026, 11), Instant.EPOCH, Credits.micro(-1), Credits.micro(-3));
        assertThat(invoice.creditNote()).isTrue();
        assertThat(invoice.funded()).isEqualTo(Credits.micro(2));
        assertThat(new Invoices.Invoice(7, 1, "ada", YearMonth.of(2026, 11), Instant.EPOCH, Credits.ZERO, Credits.ZERO)
                        .creditNote())
                .isFalse();
    }

    @Test
    void anInvoiceIsItsOwnersAndAdministratorsToSee() throws SQLException {
        closed(1_000_000, 0);
        Invoices.Invoice invoice = invoices.of(ada.caller()).getFirst();
        Caller member =
                new Caller(publisher, "member", null, EnumSet.allOf(Scope.class), Set.of(ada.ownerId()), false, false);

        for (Caller caller : List.of(ada.caller(), member, people.administrator())) {
            assertThat(invoices.one(caller, invoice.no())).isEqualTo(invoice);
        }
        assertThat(invoices.of(member)).containsExactly(invoice);
        Caller other = people.user().caller();
        for (long no : List.of(invoice.no(), Long.MAX_VALUE)) {
            assertThatThrownBy(() -> invoices.one(other, no))
                    .isInstanceOfSatisfying(
                            Problem.class, problem -> assertThat(problem.code()).isEqualTo(ErrorCode.NOT_FOUND));
        }
    }

    /** Of this month, which is closed for nobody but this test: one credit and two for each page, a part of it given back. */
    @Test
    void unitsAndRefundsHaveLinesAndWhatWasPromoIsTold() throws SQLException {
        money.promo(ada.ownerId(), Credits.of(3));
        money.fund(ada.ownerId(), Credits.of(100));
        Price price =
                new Price(Credits.of(1), Credits.ZERO, 1500, new UnitPrice("pages", Credits.of(2), 1, Units.of(9)));
        Charge charge = billing.capture(
                billing.hold(Calls.of(ada.ownerId(), publisher, price, 10, false)), new Usage(7, Units.reported(2.5)));
        assertThat(charge.total()).isEqualTo(Credits.of(6));
        refund.refund(people.administrator(), charge.callId(), "1.5", "A part", Ids.random("form"));

        List<Invoices.Invoice> issued = new ArrayList<>();
        List<Invoices.Line> lines = new ArrayList<>();
        assertThatThrownBy(() -> LedgerTransactions.whole(() -> {
                    try (Connection connection = database.getConnection()) {
                        CloseMonth.close(connection, YearMonth.now(ZoneOffset.UTC));
                    }
                    issued.addAll(invoices.of(ada.caller()));
                    lines.addAll(invoices.lines(issued.getFirst()));
                    throw new IllegalStateException("The month stays open");
                }))
                .hasMessage("The month stays open");

        assertThat(issued).singleElement().satisfies(invoice -> {
            assertThat(invoice.total()).isEqualTo(Credits.parse("4.5"));
            assertThat(invoice.creditNote()).isFalse();
        });
        assertThat(lines)
                .extracting(
                        Invoices.Line::refund,
                        Invoices.Line::calls,
                        Invoices.Line::total,
                        Invoices.Line::units,
                        Invoices.Line::metric)
                .containsExactly(
                        tuple(false, 1L, Credits.of(6), Units.reported(2.5), "pages"),
                        tuple(true, 1L, Credits.parse("-1.5"), null, null));
        assertThat(lines.getFirst().promo()).isEqualTo(Credits.of(3));
    }
}
