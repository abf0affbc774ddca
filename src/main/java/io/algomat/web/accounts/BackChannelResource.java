package io.algomat.web.accounts;

import io.algomat.accounts.BackChannelLogout;
import io.algomat.platform.Problem;
import io.vertx.core.Handler;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Where the provider tells that a session of its own ended. A route before REST: the provider posts a form, and the pages'
 * CSRF filter, which cannot know its token, would refuse it.
 */
@ApplicationScoped
class BackChannelResource {
    static final String PATH = "/api/sign-in/ended";

    private static final Logger LOG = Logger.getLogger(BackChannelResource.class);
    private static final int EARLY = -100;
    private static final int LONGEST = 16_384;

    private final BackChannelLogout logout;

    BackChannelResource(BackChannelLogout logout) {
        this.logout = logout;
    }

    void register(@Observes Router router) {
        Handler<RoutingContext> body = BodyHandler.create(false).setBodyLimit(LONGEST);
        router.post(PATH).order(EARLY).handler(body).handler(this::receive);
    }

    private void receive(RoutingContext http) {
        String token = http.request().getFormAttribute("logout_token");
        if (token == null) {
            answer(http, 400, "expected a form with a logout_token");
            return;
        }
        Thread.startVirtualThread(() -> end(http, token));
    }

    private void end(RoutingContext http, String token) {
        try {
            logout.end(token);
            answer(http, 200, null);
        } catch (Problem problem) {
            answer(http, problem.code().status(), problem.detail());
        } catch (RuntimeException failure) {
            LOG.error("A logout of the provider could not be carried out", failure);
            answer(http, 500, "the sessions could not be ended; try again");
        }
    }

    private static void answer(RoutingContext http, int status, @Nullable String why) {
        http.response().setStatusCode(status).putHeader("Cache-Control", "no-store");
        if (why == null) {
            http.response().end();
        } else {
            String error = status == 400 ? "invalid_request" : "server_error";
            http.response()
                    .putHeader("Content-Type", "application/json")
                    .end(new JsonObject()
                            .put("error", error)
                            .put("error_description", why)
                            .encode());
        }
    }
}
