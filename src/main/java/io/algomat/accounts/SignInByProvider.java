package io.algomat.accounts;

import io.algomat.platform.ErrorCode;
import io.algomat.platform.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.Optional;

/**
 * What becomes of somebody whom the provider vouches for: a session of the account that is connected with theirs, a
 * connection that they asked for on their account's page, or a first visit.
 */
@ApplicationScoped
public class SignInByProvider {
    public sealed interface Outcome {
        /** @param connected whether the two accounts were connected just now */
        record Known(Identity identity, boolean connected) implements Outcome {}

        /** @param token of the arrival, for the browser's cookie alone */
        record First(String token) implements Outcome {}
    }

    private final ProviderIdentities identities;
    private final Arrivals arrivals;
    private final Sessions sessions;
    private final Audit audit;

    SignInByProvider(ProviderIdentities identities, Arrivals arrivals, Sessions sessions, Audit audit) {
        this.identities = identities;
        this.arrivals = arrivals;
        this.sessions = sessions;
        this.audit = audit;
    }

    /**
     * @param session the token of the session that the browser has, if it has one
     * @throws Problem forbidden, for a disabled account; conflict, when one of two accounts to connect has another already
     */
    @Transactional
    public Outcome arrive(ProviderAccount account, Optional<String> session) {
        Optional<ProviderIdentities.Holder> holder = identities.holder(account.issuer(), account.subject());
        Optional<Caller> connecting = session.flatMap(sessions::takeConnecting);
        if (connecting.isPresent()) {
            return connect(connecting.get(), account, holder);
        }
        if (holder.isEmpty()) {
            return new Outcome.First(arrivals.note(account));
        }
        if (holder.get().disabled()) {
            throw Problem.of(
                    ErrorCode.FORBIDDEN, "The account " + holder.get().name() + " is disabled; ask the administrator");
        }
        return new Outcome.Known(new Identity.Provided(holder.get().ownerId(), account), false);
    }

    private Outcome connect(Caller caller, ProviderAccount account, Optional<ProviderIdentities.Holder> holder) {
        Outcome known = new Outcome.Known(new Identity.Provided(caller.ownerId(), account), true);
        if (holder.isPresent() && holder.get().ownerId() == caller.ownerId()) {
            return known;
        }
        if (holder.isPresent() || !identities.connect(caller.ownerId(), account)) {
            throw Problem.of(
                    ErrorCode.CONFLICT,
                    holder.map(other -> "The sign-in as " + account.name() + " belongs to the account " + other.name()
                                    + " already")
                            .orElse("Your account is connected with another sign-in already"));
        }
        audit.record(caller, "identity.connect", "user:" + caller.name(), account.name());
        return known;
    }
}
