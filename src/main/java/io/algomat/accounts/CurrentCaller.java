package io.algomat.accounts;

import io.algomat.platform.ErrorCode;
import io.algomat.platform.Problem;
import jakarta.enterprise.context.RequestScoped;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The caller behind the current HTTP call: by API key on API paths, which ignore cookies, and by session on pages, which
 * ignore keys. Found on first use, on the thread of whoever asks.
 */
@RequestScoped
public class CurrentCaller {
    private final ApiKeyMechanism keys;
    private final SessionMechanism sessions;
    private @Nullable Optional<Caller> found;

    CurrentCaller(ApiKeyMechanism keys, SessionMechanism sessions) {
        this.keys = keys;
        this.sessions = sessions;
    }

    /**
     * Empty when nobody is signed in, or no key was given.
     *
     * @throws Problem unauthorized, when a key was given that is not valid
     */
    public Optional<Caller> optional() {
        Optional<Caller> caller = found;
        if (caller == null) {
            caller = keys.applies() ? keys.caller() : sessions.caller();
            found = caller;
        }
        return caller;
    }

    /** @throws Problem unauthorized, when nobody is signed in and no key was given */
    public Caller required() {
        return optional()
                .orElseThrow(() -> Problem.of(
                        ErrorCode.UNAUTHORIZED,
                        keys.applies()
                                ? "This needs an API key in the Authorization header"
                                : "This needs you to be signed in"));
    }

    /** @throws Problem unauthorized, or not-found for anyone but an administrator's session */
    public Caller administrator() {
        Caller caller = required();
        if (!caller.administrator()) {
            throw Problem.of(ErrorCode.NOT_FOUND, "There is nothing here");
        }
        return caller;
    }

    /** The network address that the call came from. */
    public String address() {
        return sessions.address();
    }
}
