package io.algomat.accounts;

import io.quarkus.arc.Arc;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;

/** Where the current call comes from. */
@ApplicationScoped
class AddressMechanism {
    private final CurrentVertxRequest http;

    AddressMechanism(CurrentVertxRequest http) {
        this.http = http;
    }

    /** As the HTTP server knows it (proxies only if the operator trusts them); empty for schedules and commands. */
    String address() {
        if (!Arc.container().requestContext().isActive()) {
            return "";
        }
        RoutingContext context = http.getCurrent();
        return context == null ? "" : context.request().remoteAddress().hostAddress();
    }
}
