package io.algomat.accounts;

import io.algomat.platform.Problem;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;

/** Makes a local account. */
@ApplicationScoped
public class SignUp {
    private final CreateOwner create;
    private final Passwords passwords;
    private final AddressLimits limits;
    private final Owners owners;
    private final Audit audit;

    SignUp(CreateOwner create, Passwords passwords, AddressLimits limits, Owners owners, Audit audit) {
        this.create = create;
        this.passwords = passwords;
        this.limits = limits;
        this.owners = owners;
        this.audit = audit;
    }

    /**
     * @throws Problem invalid, naming the field; rate-limited, when the address made too many accounts
     */
    public Identity signUp(String name, String password, String address) {
        limits.take(AddressLimits.Kind.SIGN_UP, address);
        try {
            return new Identity.Local(make(name, password));
        } catch (Problem refused) {
            limits.giveBack(AddressLimits.Kind.SIGN_UP, address);
            throw refused;
        }
    }

    private long make(String name, String password) {
        String checked = OwnerName.checked(name);
        if (owners.byName(checked).isPresent()) {
            throw OwnerName.taken(checked);
        }
        String hash = passwords.hash("password", password);
        return QuarkusTransaction.requiringNew().call(() -> {
            long made = create.create(checked, CreateOwner.Kind.USER).orElseThrow(() -> OwnerName.taken(checked));
            passwords.store(made, hash);
            audit.recordSelf(made, "user.sign-up");
            return made;
        });
    }
}
