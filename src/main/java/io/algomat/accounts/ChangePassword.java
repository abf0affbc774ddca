package io.algomat.accounts;

import io.algomat.platform.Problem;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;

/** Changes a password and signs the account out everywhere else. */
@ApplicationScoped
public class ChangePassword {
    private final Passwords passwords;
    private final Sessions sessions;
    private final AddressLimits limits;
    private final Audit audit;

    ChangePassword(Passwords passwords, Sessions sessions, AddressLimits limits, Audit audit) {
        this.passwords = passwords;
        this.sessions = sessions;
        this.limits = limits;
        this.audit = audit;
    }

    /** Whether there is one to change: who came from a sign-in provider has none here. */
    public boolean applies(Caller caller) {
        return passwords.has(caller.ownerId());
    }

    /** @throws Problem invalid, naming the field; rate-limited, after too many wrong passwords from the address */
    public void change(Caller caller, String current, String fresh, String currentToken, String address) {
        limits.take(AddressLimits.Kind.FAILURE, address);
        if (passwords.owner(caller.name(), current).isEmpty()) {
            throw Problem.invalid("current", "This is not your current password");
        }
        limits.giveBack(AddressLimits.Kind.FAILURE, address);
        String hash = passwords.hash("fresh", fresh);
        QuarkusTransaction.requiringNew().run(() -> {
            passwords.store(caller.ownerId(), hash);
            sessions.revokeOthers(caller.ownerId(), currentToken);
            audit.record(caller, "password.change", "user:" + caller.name(), null);
        });
    }
}
