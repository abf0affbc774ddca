package io.algomat.billing;

import java.util.Optional;

/**
 * A way in which money comes to the site. A provider believes nothing that it is told before it has made sure of it;
 * what it then says is booked by {@link BookPayment}, the same for all providers.
 *
 * @param <M> what it is told: a form of an administrator, a signed message of a machine
 */
interface PaymentProvider<M> {
    /** Part of what is booked for ever: a provider keeps its name. */
    String name();

    /**
     * @return empty when it tells of nothing that changes anything here
     * @throws io.algomat.platform.Problem when the message is not believed, or makes no sense
     */
    Optional<PaymentEvent> read(M message);
}
