package io.algomat.billing;

import io.algomat.accounts.Caller;
import io.algomat.accounts.Owners;
import io.algomat.platform.ErrorCode;
import io.algomat.platform.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** The built-in provider: an administrator says, with a reason, that money came in outside of Algomat, or gives credit away. */
@ApplicationScoped
class ManualPayments implements PaymentProvider<ManualPayments.Grant> {
    /**
     * @param amount in credits as typed
     * @param once what the form was given when it was shown
     */
    record Grant(Caller actor, String owner, String amount, String reason, String once) {}

    private final Owners owners;

    ManualPayments(Owners owners) {
        this.owners = owners;
    }

    @Override
    public String name() {
        return "manual";
    }

    @Override
    public Optional<PaymentEvent> read(Grant grant) {
        return Optional.of(payment(grant));
    }

    /** @throws Problem not-found for anyone but an administrator, and for an unknown owner; invalid, with the field */
    PaymentEvent.Paid payment(Grant grant) {
        Typed.byAdministrator(grant.actor());
        String once = Typed.once(grant.once());
        return new PaymentEvent.Paid(
                name(),
                once,
                once,
                owners.byName(grant.owner())
                        .orElseThrow(
                                () -> Problem.of(ErrorCode.NOT_FOUND, "There is no account '" + grant.owner() + "'"))
                        .id(),
                Typed.amount(grant.amount()),
                Typed.reason(grant.reason()),
                grant.actor().ownerId());
    }
}
