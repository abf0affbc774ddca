package io.algomat.billing;

import io.algomat.platform.Credits;
import org.jspecify.annotations.Nullable;

/** What a payment provider says has happened, after its provider made sure that it is true. */
sealed interface PaymentEvent {
    /** Name of the provider. */
    String provider();

    /** The provider's id of the event: one id is one event, however often it is told. */
    String id();

    /** The provider's own name of the payment. */
    String payment();

    Credits amount();

    /** Why, in somebody's words, or null. */
    @Nullable
    String reason();

    /**
     * Money came in for an owner's funded credit.
     *
     * @param actorId the administrator who says so, or null for a machine
     */
    record Paid(
            String provider,
            String id,
            String payment,
            long ownerId,
            Credits amount,
            @Nullable String reason,
            @Nullable Long actorId)
            implements PaymentEvent {}

    /** A payment, or a part of one, was taken back by whoever paid. */
    record ChargedBack(
            String provider,
            String id,
            String payment,
            Credits amount,
            @Nullable String reason) implements PaymentEvent {}
}
