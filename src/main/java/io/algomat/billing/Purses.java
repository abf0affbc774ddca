package io.algomat.billing;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The purses of this gateway, one for each account that called since the start. */
@ApplicationScoped
class Purses {
    private final Map<Long, Purse> purses = new ConcurrentHashMap<>();
    private final Balances balances;

    Purses(Balances balances) {
        this.balances = balances;
    }

    Purse of(long owner) {
        return purses.computeIfAbsent(
                owner, id -> new Purse(() -> balances.of(id).spendable()));
    }

    void forget(@Observes(during = TransactionPhase.AFTER_SUCCESS) CreditArrived arrived) {
        of(arrived.ownerId()).forget();
    }
}
