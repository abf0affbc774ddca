package io.algomat.accounts;

import io.algomat.platform.Problem;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.OptionalLong;

/** Recognises a local account by name and password. */
@ApplicationScoped
public class SignIn {
    private final Passwords passwords;
    private final AddressLimits limits;
    private final Owners owners;
    private final Audit audit;

    SignIn(Passwords passwords, AddressLimits limits, Owners owners, Audit audit) {
        this.passwords = passwords;
        this.limits = limits;
        this.owners = owners;
        this.audit = audit;
    }

    /**
     * @throws Problem invalid, the same for an unknown name, a wrong password and a disabled account; rate-limited, after
     *     too many failures from the address
     */
    public Identity signIn(String name, String password, String address) {
        limits.take(AddressLimits.Kind.FAILURE, address);
        OptionalLong id = passwords.owner(name, password);
        if (id.isEmpty()) {
            QuarkusTransaction.requiringNew()
                    .run(() -> audit.record(null, "session.refuse", "user:" + known(name), null));
            throw Problem.invalid("password", "Name and password do not belong together");
        }
        limits.giveBack(AddressLimits.Kind.FAILURE, address);
        return new Identity.Local(id.getAsLong());
    }

    /** A name that nobody has may be a password in the wrong field. */
    private String known(String name) {
        return owners.byName(name.strip()).map(Owners.OwnerView::name).orElse("?");
    }
}
