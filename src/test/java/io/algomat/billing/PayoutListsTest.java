package io.algomat.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.algomat.accounts.Audit;
import io.algomat.accounts.Caller;
import io.algomat.accounts.Organisations;
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
import java.util.List;
import javax.sql.DataSource;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Which payouts stand in which list, and what is audited of them. What they move is {@link PayoutsTest}'s. */
@ExtendWith(LedgerBeans.class)
class PayoutListsTest {
    private static final int MANY = 1_000;

    @Inject
    DecidePayout decide;

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

    private Accounts.User publisher;
    private Caller administrator;

    /** 850,000 credits are the publisher's. */
    @BeforeEach
    void earnings() {
        publisher = people.user();
        administrator = people.administrator();
        long caller = money.ownerWithoutCredit();
        money.fund(caller, Credits.of(1_000_000));
        charges.charge(caller, null, publisher.ownerId(), "x/a", 1_000_000_000_000L, 0);
    }

    /** As if asked when what was earned by now has matured. */
    private long request(String amount) {
        Clock then = Clock.fixed(Instant.now().plus(Duration.ofDays(8)), ZoneOffset.UTC);
        RequestPayout later = new RequestPayout(database, organisations, config, audit, then);
        return LedgerTransactions.whole(() -> later.request(
                publisher.caller(),
                publisher.name(),
                amount,
                " Ada Lovelace ",
                "DE89 3704 0044 0532 0130 00",
                Ids.random("form")));
    }

    private List<Long> mine(List<Payouts.Payout> listed) {
        return listed.stream()
                .filter(payout -> payout.owner().equals(publisher.name()))
                .map(Payouts.Payout::id)
                .toList();
    }

    private List<String> audited(long id) {
        return sql.list(
                "SELECT act || ': ' || coalesce(before, '') || ' -> ' || coalesce(after, '') || coalesce(', ' || reason, '')"
                        + " AS row FROM audit WHERE subject = ? AND actor_id = ? ORDER BY id",
                row -> row.getString("row"),
                "payout:" + id,
                administrator.ownerId());
    }

    private static ErrorCode refusal(ThrowingCallable act) {
        return catchThrowableOfType(Problem.class, act).code();
    }

    @Test
    void eachStandsInTheListOfItsState() {
        long requested = request("100000");
        long approved = request("200000");
        long sent = request("100000");
        long settled = request("100000");
        long failed = request("300000");
        for (long id : List.of(approved, sent, settled)) {
            decide.approve(administrator, id);
        }
        for (long id : List.of(sent, settled)) {
            decide.send(administrator, id);
        }
        decide.settle(administrator, settled);
        decide.fail(administrator, failed, "A doubt");

        assertThat(mine(payouts.open())).containsExactly(requested, approved, sent);
        assertThat(mine(payouts.approved())).containsExactly(approved);
        assertThat(mine(payouts.ended(MANY))).containsExactly(failed, settled);
        assertThat(payouts.ended(1)).hasSize(1);
        assertThat(mine(payouts.of(publisher.ownerId()))).containsExactly(failed, settled, sent, approved, requested);
        assertThat(payouts.of(administrator.ownerId())).isEmpty();
    }

    @Test
    void aPayoutIsToldWithItsPayeeAndItsSteps() {
        Instant before = Instant.now().minusSeconds(1);
        long id = request("100000");
        Payouts.Payout fresh = payouts.of(publisher.ownerId()).getFirst();
        assertThat(fresh.amount()).isEqualTo(Credits.of(100_000));
        assertThat(fresh.payee()).isEqualTo("Ada Lovelace");
        assertThat(fresh.iban()).isEqualTo("DE89370400440532013000");
        assertThat(fresh.requestedBy()).isEqualTo(publisher.name());
        assertThat(fresh.approvalsNeeded()).isEqualTo(1);
        assertThat(fresh.approvedBy()).isEmpty();
        assertThat(fresh.failure()).isNull();
        assertThat(fresh.requestedAt()).isAfter(before);
        assertThat(fresh.changedAt()).isEqualTo(fresh.requestedAt());

        decide.approve(administrator, id);
        decide.fail(administrator, id, " The bank knows no such account ");

        Payouts.Payout ended = payouts.of(publisher.ownerId()).getFirst();
        assertThat(ended.state()).isEqualTo("failed");
        assertThat(ended.approvedBy()).isEqualTo(administrator.name());
        assertThat(ended.failure()).isEqualTo("The bank knows no such account");
        assertThat(ended.changedAt()).isAfter(ended.requestedAt());
        assertThat(audited(id))
                .containsExactly(
                        "payout.approved: requested -> approved",
                        "payout.failed: approved -> failed, The bank knows no such account");
    }

    @Test
    void eachStepNeedsTheOneBeforeAndAPayout() {
        long id = request("100000");
        for (ThrowingCallable early : List.<ThrowingCallable>of(
                () -> decide.send(administrator, id), () -> decide.settle(administrator, id))) {
            assertThat(refusal(early)).isEqualTo(ErrorCode.CONFLICT);
        }
        decide.approve(administrator, id);
        assertThat(refusal(() -> decide.settle(administrator, id))).isEqualTo(ErrorCode.CONFLICT);
        decide.send(administrator, id);
        assertThat(refusal(() -> decide.send(administrator, id))).isEqualTo(ErrorCode.CONFLICT);
        assertThat(refusal(() -> decide.approve(administrator, id))).isEqualTo(ErrorCode.CONFLICT);
        assertThat(refusal(() -> decide.fail(administrator, id, " "))).isEqualTo(ErrorCode.INVALID);
        decide.settle(administrator, id);
        assertThat(audited(id))
                .containsExactly(
                        "payout.approved: requested -> approved",
                        "payout.sent: approved -> sent",
                        "payout.settled: sent -> settled");
        for (ThrowingCallable nothing : List.<ThrowingCallable>of(
                () -> decide.approve(administrator, Long.MAX_VALUE),
                () -> decide.send(publisher.caller(), id),
                () -> decide.settle(publisher.caller(), id),
                () -> decide.fail(publisher.caller(), id, "any"))) {
            assertThat(refusal(nothing)).isEqualTo(ErrorCode.NOT_FOUND);
        }
    }
}
