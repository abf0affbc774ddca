package io.algomat.accounts;

import io.algomat.platform.ErrorCode;
import io.algomat.platform.Problem;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * The first visit of somebody whom the provider vouches for: a new account under a name of their choice, or a local account
 * that they have, once they show its password as well.
 */
@ApplicationScoped
public class FirstSignIn {
    private final Arrivals arrivals;
    private final ProviderIdentities identities;
    private final CreateOwner create;
    private final Owners owners;
    private final SignIn signIn;
    private final AddressLimits limits;
    private final Audit audit;

    FirstSignIn(
            Arrivals arrivals,
            ProviderIdentities identities,
            CreateOwner create,
            Owners owners,
            SignIn signIn,
            AddressLimits limits,
            Audit audit) {
        this.arrivals = arrivals;
        this.identities = identities;
        this.create = create;
        this.owners = owners;
        this.signIn = signIn;
        this.limits = limits;
        this.audit = audit;
    }

    /** @throws Problem not-found, when the arrival is too old or was used */
    public ProviderAccount account(String token) {
        return arrivals.find(token).orElseThrow(FirstSignIn::over);
    }

    /** A name that may be taken here, as near as possible to the provider's; whether it is free is seen when it is used. */
    public String suggestedName(ProviderAccount account) {
        String letters = account.name()
                .replaceFirst("@.*", "")
                .replaceAll("[^a-zA-Z0-9_]+", "_")
                .replaceFirst("^[^a-zA-Z]+", "");
        String name = letters.substring(0, Math.min(letters.length(), OwnerName.LONGEST));
        return name.isEmpty() || owners.byName(name).isPresent() ? "" : name;
    }

    /**
     * Makes an account.
     *
     * @throws Problem as {@link #account}; invalid, naming the field; rate-limited, as for every sign-up
     */
    public Identity create(String token, String name, String address) {
        limits.take(AddressLimits.Kind.SIGN_UP, address);
        try {
            String checked = OwnerName.checked(name);
            return QuarkusTransaction.requiringNew().call(() -> {
                ProviderAccount account = take(token);
                long made = create.create(checked, CreateOwner.Kind.USER).orElseThrow(() -> OwnerName.taken(checked));
                return connected(made, account);
            });
        } catch (Problem refused) {
            limits.giveBack(AddressLimits.Kind.SIGN_UP, address);
            throw refused;
        }
    }

    /**
     * Connects a local account.
     *
     * @throws Problem as {@link #account}; as {@link SignIn#signIn}; conflict, when the account has another connection
     */
    public Identity connect(String token, String name, String password, String address) {
        account(token);
        long id = signIn.signIn(name, password, address).ownerId();
        return QuarkusTransaction.requiringNew().call(() -> {
            ProviderAccount account = take(token);
            Identity identity = connected(id, account);
            audit.record(null, "identity.connect", "user:" + name.strip(), account.name());
            return identity;
        });
    }

    private ProviderAccount take(String token) {
        ProviderAccount account = account(token);
        if (!arrivals.take(token)) {
            throw over();
        }
        return account;
    }

    private Identity connected(long owner, ProviderAccount account) {
        if (!identities.connect(owner, account)) {
            throw Problem.of(ErrorCode.CONFLICT, "This account, or this sign-in, is connected with another already");
        }
        return new Identity.Provided(owner, account);
    }

    private static Problem over() {
        return Problem.of(ErrorCode.NOT_FOUND, "This sign-in took too long, or it was finished already; begin again");
    }
}
