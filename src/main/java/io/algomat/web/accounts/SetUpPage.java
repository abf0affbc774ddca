package io.algomat.web.accounts;

import io.algomat.accounts.CurrentCaller;
import io.algomat.accounts.SessionMechanism;
import io.algomat.accounts.SetUpLink;
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

/** The one-time link that makes the first administrator. */
@Path("/set-up/{token}")
@RunOnVirtualThread
public class SetUpPage {
    @CheckedTemplate
    static class Templates {
        static native TemplateInstance setUp(Form form, String token);

        private Templates() {}
    }

    private final SetUpLink link;
    private final SessionMechanism session;
    private final CurrentCaller current;

    SetUpPage(SetUpLink link, SessionMechanism session, CurrentCaller current) {
        this.link = link;
        this.session = session;
        this.current = current;
    }

    @GET
    public TemplateInstance form(@PathParam("token") String token) {
        link.check(token, current.address());
        return Templates.setUp(Form.blank(), token);
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response setUp(@PathParam("token") String token, MultivaluedMap<String, String> sent) {
        Form form = Form.of(sent);
        return form.submit(
                () -> {
                    session.open(() -> link.use(token, form.text("name"), form.text("password"), current.address()));
                    return URI.create("/algorithms");
                },
                again -> Templates.setUp(again, token));
    }
}
