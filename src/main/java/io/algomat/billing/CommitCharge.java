package io.algomat.billing;

import io.algomat.platform.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Writes the charges of root calls with their posting, in a transaction of their own. */
@ApplicationScoped
class CommitCharge {
    private static final String UNIQUE_VIOLATION = "23505";

    private final LedgerStore ledger;

    CommitCharge(LedgerStore ledger) {
        this.ledger = ledger;
    }

    /** A root call's charge, or why it was not made. */
    sealed interface Answer {
        record Made(Charge charge) implements Answer {}

        record Refused(Problem problem) implements Answer {}
    }

    /**
     * Charges one root call and those below it, or answers what was charged for them before. May be tried again after any
     * failure.
     *
     * @param dues the root call's first
     * @throws Problem payment-required, when the credit behind the hold was spent elsewhere; overloaded, when its lease ended
     */
    Charge commit(List<Due> dues) throws SQLException {
        try {
            Answer answer = together(List.of(dues)).getFirst();
            return switch (answer) {
                case Answer.Made made -> made.charge();
                // A commit whose answer was lost shows as credit that is gone: this very charge spent it.
                case Answer.Refused refused -> find(dues.getFirst().request()).orElseThrow(refused::problem);
            };
        } catch (SQLException e) {
            Problem limit = LimitReached.of(e);
            if (limit != null) {
                throw limit;
            }
            if (UNIQUE_VIOLATION.equals(e.getSQLState())) {
                Optional<Charge> before = find(dues.getFirst().request());
                if (before.isPresent()) {
                    return before.get();
                }
            }
            throw e;
        }
    }

    /**
     * Charges several root calls in one transaction: all for which there is credit, or none when the database refuses one
     * of them. Then each may be tried alone.
     *
     * @param calls the dues of each root call
     * @return an answer for each, in their order; a refusal is payment-required or overloaded
     */
    List<Answer> together(List<List<Due>> calls) throws SQLException {
        List<Unpaid> unpaid = new ArrayList<>();
        for (List<Due> dues : calls) {
            unpaid.add(unpaid(dues));
        }
        Accounts.Of site = ledger.accounts(Accounts.SITE);
        try (LedgerStore.Session session = ledger.begin()) {
            return pay(session, unpaid, site);
        }
    }

    private record Unpaid(List<Due> dues, Accounts.Of caller, List<Accounts.Of> publishers) {}

    private Unpaid unpaid(List<Due> dues) throws SQLException {
        List<Accounts.Of> publishers = new ArrayList<>();
        for (Due due : dues) {
            publishers.add(ledger.accounts(due.request().publisherId()));
        }
        return new Unpaid(dues, ledger.accounts(dues.getFirst().request().callerId()), publishers);
    }

    private static List<Answer> pay(LedgerStore.Session session, List<Unpaid> calls, Accounts.Of site)
            throws SQLException {
        Payers payers = new Payers(
                session,
                calls.stream().map(Unpaid::caller).toList(),
                calls.stream().flatMap(call -> call.publishers().stream()).toList(),
                calls.stream()
                        .map(call -> Loan.of(call.dues()))
                        .filter(Objects::nonNull)
                        .toList());
        List<Answer> answers = new ArrayList<>();
        List<Paid> charges = new ArrayList<>();
        Posting.Legs legs = new Posting.Legs();
        for (Unpaid call : calls) {
            try {
                Paid paid =
                        new Paid(call.dues(), payers.pay(call.dues(), call.caller()), call.caller(), call.publishers());
                paid.addTo(legs, site);
                charges.add(paid);
                answers.add(new Answer.Made(paid.charge()));
            } catch (Problem shortage) {
                answers.add(new Answer.Refused(shortage));
            }
        }
        if (!charges.isEmpty()) {
            session.commit(charges, legs);
        }
        return answers;
    }

    Optional<Charge> find(HoldRequest request) throws SQLException {
        return ledger.find(request);
    }
}
