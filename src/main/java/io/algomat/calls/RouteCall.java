package io.algomat.calls;

import jakarta.enterprise.context.ApplicationScoped;

/** The way of a call: resolve, admit, hold, dispatch, charge, record. */
@ApplicationScoped
public class RouteCall {
    /** @throws io.algomat.platform.Problem for all that the platform refuses or fails at */
    public CallResult route(Call call) {
        throw new UnsupportedOperationException("calls");
    }
}
