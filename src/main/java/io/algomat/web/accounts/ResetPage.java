package io.algomat.web.accounts;

import io.algomat.accounts.CurrentCaller;
import io.algomat.accounts.ResetPassword;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.net.URI;

/** The one-time link for a new password. */
@Path("/reset/{token}")
@RunOnVirtualThread
public class ResetPage {
    @CheckedTemplate
    static class Templates {
        static native TemplateInstance reset(Form form, String token, String name);

        private Templates() {}
    }

    private final ResetPassword reset;
    private final CurrentCaller current;

    ResetPage(ResetPassword reset, CurrentCaller current) {
        this.reset = reset;
        this.current = current;
    }

    @GET
    public TemplateInstance form(@PathParam("token") String token) {
        return Templates.reset(Form.blank(), token, reset.check(token, current.address()));
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response reset(@PathParam("token") String token, MultivaluedMap<String, String> sent) {
        String name = reset.check(token, current.address());
        Form form = Form.of(sent);
        return form.submit(
                () -> {
                    reset.use(token, form.text("password"), current.address());
                    return URI.create("/sign-in");
                },
                again -> Templates.reset(again, token, name));
    }
}
