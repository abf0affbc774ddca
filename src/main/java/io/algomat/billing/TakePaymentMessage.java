package io.algomat.billing;

import io.algomat.accounts.Audit;
import io.algomat.accounts.Owners;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;

/** Takes a message of the payment provider, and books what it says with its audit row. */
@ApplicationScoped
public class TakePaymentMessage {
    /** What became of a message. */
    public enum Outcome {
        BOOKED,
        /** The same event came before; nothing was changed. */
        BOOKED_BEFORE,
        /** An event that changes nothing here. */
        IGNORED
    }

    private final WebhookPayments payments;
    private final BookPayment book;
    private final Owners owners;
    private final Audit audit;

    TakePaymentMessage(WebhookPayments payments, BookPayment book, Owners owners, Audit audit) {
        this.payments = payments;
        this.book = book;
        this.owners = owners;
        this.audit = audit;
    }

    /**
     * @throws io.algomat.platform.Problem not-found, when this site takes no messages; unauthorized, when the signature is
     *     not right; invalid, with the place in the document; conflict, when it does not fit to what was booked before
     */
    @Transactional
    public Outcome take(SignedMessage message) {
        Optional<PaymentEvent> told = payments.read(message);
        return told.isPresent() ? book(told.get()) : Outcome.IGNORED;
    }

    private Outcome book(PaymentEvent event) {
        BookPayment.Booked booked = book.book(event);
        if (!booked.fresh()) {
            return Outcome.BOOKED_BEFORE;
        }
        String act = event instanceof PaymentEvent.Paid ? "payment.received" : "payment.charged-back";
        String owner = owners.names(List.of(booked.ownerId())).getOrDefault(booked.ownerId(), "");
        audit.record(null, act, "owner:" + owner, event.amount() + " credits: " + event.payment());
        return Outcome.BOOKED;
    }
}
