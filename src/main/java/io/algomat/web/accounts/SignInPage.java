package io.algomat.web.accounts;

import io.algomat.accounts.CurrentCaller;
import io.algomat.accounts.ProviderConfig;
import io.algomat.accounts.SessionMechanism;
import io.algomat.accounts.SignIn;
import io.algomat.web.Shell;
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

/** Signing in and out. */
@Path("/")
@RunOnVirtualThread
public class SignInPage {
    @CheckedTemplate
    static class Templates {
        static native TemplateInstance signIn(Form form, String next, @Nullable String provider);

        private Templates() {}
    }

    private final SignIn signIn;
    private final SessionMechanism session;
    private final CurrentCaller current;
    private final ProviderConfig provider;
    private final Shell shell;

    SignInPage(SignIn signIn, SessionMechanism session, CurrentCaller current, ProviderConfig provider, Shell shell) {
        this.signIn = signIn;
        this.session = session;
        this.current = current;
        this.provider = provider;
        this.shell = shell;
    }

    @GET
    @Path("sign-in")
    public Response form(@QueryParam("next") @Nullable String next) {
        URI destination = Destination.of(next);
        return current.optional().isPresent()
                ? Response.seeOther(destination).build()
                : Response.ok(page(Form.blank(), destination)).build();
    }

    @POST
    @Path("sign-in")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response signIn(MultivaluedMap<String, String> sent) {
        Form form = Form.of(sent);
        URI destination = Destination.of(form.text("next"));
        return form.submit(
                () -> {
                    session.open(() -> signIn.signIn(form.text("name"), form.text("password"), current.address()));
                    return destination;
                },
                again -> page(again, destination));
    }

    @POST
    @Path("sign-out")
    public Response signOut() {
        URI home = URI.create("/algorithms");
        String back = Destination.asQuery(shell.getOrigin() + home);
        return Response.seeOther(session.close()
                        .map(provider -> URI.create(provider + "&post_logout_redirect_uri=" + back))
                        .orElse(home))
                .build();
    }

    private TemplateInstance page(Form form, URI destination) {
        return Templates.signIn(form, destination.toString(), provider.enabled() ? provider.name() : null);
    }
}
