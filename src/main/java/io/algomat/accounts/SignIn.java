package io.algomat.accounts;

import io.algomat.platform.Problem;
import jakarta.enterprise.context.ApplicationScoped;

/** Recognises a local account by name and password. */
@ApplicationScoped
public class SignIn {
    private final Passwords passwords;
    private final AddressLimits limits;

    SignIn(Passwords passwords, AddressLimits limits) {
        this.passwords = passwords;
        this.limits = limits;
    }

    /**
     * @throws Problem invalid, the same for an unknown name, a wrong password and a disabled account; rate-limited, after
     *     too many failures from the address
     */
    public Identity signIn(String name, String password, String address) {
        limits.take(AddressLimits.Kind.FAILURE, address);
        long id = passwords
                .owner(name, password)
                .orElseThrow(() -> Problem.invalid("password", "Name and password do not belong together"));
        limits.giveBack(AddressLimits.Kind.FAILURE, address);
        return new Identity.Local(id);
    }
}
