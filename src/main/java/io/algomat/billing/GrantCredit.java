package io.algomat.billing;

import io.algomat.accounts.Audit;
import io.algomat.accounts.Caller;
import io.algomat.accounts.Owners;
import io.algomat.platform.Credits;
import io.algomat.platform.ErrorCode;
import io.algomat.platform.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;

/**
 * An administrator books funded credit for an owner, with a reason: what came in outside of Algomat, or a gift. The
 * posting and the audit row are one transaction.
 */
@ApplicationScoped
public class GrantCredit {
    private final ManualPayments payments;
    private final BookPayment book;
    private final Owners owners;
    private final Audit audit;

    GrantCredit(ManualPayments payments, BookPayment book, Owners owners, Audit audit) {
        this.payments = payments;
        this.book = book;
        this.owners = owners;
        this.audit = audit;
    }

    /**
     * @param owner name of the user or organisation
     * @param amount in credits as typed, at most six decimal places
     * @param once what the form was given when it was shown: however often it is sent, it is booked once
     * @throws Problem not-found for anyone but an administrator, and for an unknown owner; invalid, with the field;
     *     conflict, when this form was booked before
     */
    @Transactional
    public Credits grant(Caller actor, String owner, String amount, String reason, String once) {
        PaymentEvent.Paid paid = payments.payment(new ManualPayments.Grant(actor, owner, amount, reason, once));
        String name = owners.names(List.of(paid.ownerId())).getOrDefault(paid.ownerId(), owner);
        if (!book.book(paid).fresh()) {
            throw Problem.of(
                    ErrorCode.CONFLICT,
                    "This form was sent before and its grant is booked; open the page of " + name
                            + " again to grant more");
        }
        audit.record(actor, "credit.grant", "owner:" + name, paid.amount() + " credits: " + paid.reason());
        return paid.amount();
    }
}
