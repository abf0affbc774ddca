package io.algomat.web.accounts;

import io.algomat.accounts.CurrentCaller;
import io.algomat.accounts.SessionMechanism;
import io.algomat.accounts.SignUp;
import io.algomat.platform.PricingConfig;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Signing up: a name, a password, and one is signed in. */
@Path("/sign-up")
@RunOnVirtualThread
public class SignUpPage {
    @CheckedTemplate
    static class Templates {
        static native TemplateInstance signUp(Form form, String next, long grant);

        private Templates() {}
    }

    private final SignUp signUp;
    private final SessionMechanism session;
    private final CurrentCaller current;
    private final PricingConfig pricing;

    SignUpPage(SignUp signUp, SessionMechanism session, CurrentCaller current, PricingConfig pricing) {
        this.signUp = signUp;
        this.session = session;
        this.current = current;
        this.pricing = pricing;
    }

    @GET
    public TemplateInstance form(@QueryParam("next") @Nullable String next) {
        return page(Form.blank(), Destination.of(next));
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response signUp(MultivaluedMap<String, String> sent) {
        Form form = Form.of(sent);
        URI destination = Destination.of(form.text("next"));
        return form.submit(
                () -> {
                    session.open(() -> signUp.signUp(form.text("name"), form.text("password"), current.address()));
                    return destination;
                },
                again -> page(again, destination));
    }

    private TemplateInstance page(Form form, URI next) {
        return Templates.signUp(form, next.toString(), pricing.signUpGrant());
    }
}
