package io.algomat.accounts;

import jakarta.enterprise.context.RequestScoped;
import java.util.Optional;

/** The caller behind the current HTTP call, as the authentication mechanism found it. */
@RequestScoped
public class CurrentCaller {

    public Optional<Caller> optional() {
        throw new UnsupportedOperationException("accounts");
    }

    /** @throws io.algomat.platform.Problem unauthorized, when nobody is signed in and no key was given */
    public Caller required() {
        throw new UnsupportedOperationException("accounts");
    }

    /** @throws io.algomat.platform.Problem unauthorized, or not-found for anyone but an administrator's session */
    public Caller administrator() {
        throw new UnsupportedOperationException("accounts");
    }
}
