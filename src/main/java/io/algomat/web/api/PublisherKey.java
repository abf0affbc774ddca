package io.algomat.web.api;

import io.algomat.accounts.Caller;
import io.algomat.accounts.CurrentCaller;
import io.algomat.accounts.Scope;
import io.algomat.platform.ErrorCode;
import io.algomat.platform.Problem;
import jakarta.enterprise.context.ApplicationScoped;

/** The caller behind a key that may publish. */
@ApplicationScoped
class PublisherKey {
    private final CurrentCaller current;

    PublisherKey(CurrentCaller current) {
        this.current = current;
    }

    /** @throws Problem unauthorized without a key, forbidden when the key lacks the scope */
    Caller required() {
        Caller caller = current.required();
        if (!caller.may(Scope.PUBLISH)) {
            throw Problem.of(
                    ErrorCode.FORBIDDEN,
                    "This key may not publish; make one with the scope '" + Scope.PUBLISH.wire() + "'.");
        }
        return caller;
    }
}
