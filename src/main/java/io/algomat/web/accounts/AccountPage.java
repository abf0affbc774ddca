package io.algomat.web.accounts;

import io.algomat.accounts.AuditLog;
import io.algomat.accounts.Caller;
import io.algomat.accounts.ChangePassword;
import io.algomat.accounts.Connections;
import io.algomat.accounts.CurrentCaller;
import io.algomat.accounts.Organisations;
import io.algomat.accounts.SessionMechanism;
import io.algomat.accounts.Sessions;
import io.algomat.billing.SpendLimits;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One's own account: password, sessions, organisations. */
@Path("/account")
@RunOnVirtualThread
public class AccountPage {
    private static final URI HERE = URI.create("/account");

    private static final int ACTS = 20;

    @CheckedTemplate
    static class Templates {
        static native TemplateInstance account(
                Form form,
                String name,
                boolean hasPassword,
                boolean changed,
                boolean connected,
                @Nullable String provider,
                @Nullable String identity,
                List<Sessions.SessionView> sessions,
                List<Organisations.MembershipView> organisations,
                List<SpendLimits.View> limits,
                List<AuditLog.Entry> acts);

        private Templates() {}
    }

    private final CurrentCaller current;
    private final SessionMechanism session;
    private final Sessions sessions;
    private final ChangePassword password;
    private final Organisations organisations;
    private final SpendLimits limits;
    private final Connections connections;
    private final AuditLog log;

    AccountPage(
            CurrentCaller current,
            SessionMechanism session,
            Sessions sessions,
            ChangePassword password,
            Organisations organisations,
            SpendLimits limits,
            Connections connections,
            AuditLog log) {
        this.current = current;
        this.session = session;
        this.sessions = sessions;
        this.password = password;
        this.organisations = organisations;
        this.limits = limits;
        this.connections = connections;
        this.log = log;
    }

    @GET
    public TemplateInstance account(
            @QueryParam("changed") boolean changed, @QueryParam("connected") boolean connected) {
        return page(current.required(), Form.blank(), changed, connected);
    }

    @POST
    @Path("password")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response changePassword(MultivaluedMap<String, String> sent) {
        Caller caller = current.required();
        Form form = Form.of(sent);
        return form.submit(
                () -> {
                    password.change(caller, form.text("current"), form.text("fresh"), token(), current.address());
                    return URI.create("/account?changed=true");
                },
                again -> page(caller, again, false, false));
    }

    @POST
    @Path("sessions/{id}/end")
    public Response endSession(@PathParam("id") long id) {
        sessions.revoke(current.required().ownerId(), id);
        return Response.seeOther(HERE).build();
    }

    @POST
    @Path("sessions/end")
    public Response endAll() {
        sessions.endAll(current.required().ownerId());
        session.close();
        return Response.seeOther(URI.create("/sign-in")).build();
    }

    /** The way to the provider begins here, with a form of this page, so that no other site can connect an account of its own. */
    @POST
    @Path("connect")
    public Response connect() {
        connections.begin(current.required(), token());
        return Response.seeOther(URI.create("/sign-in/provider")).build();
    }

    private TemplateInstance page(Caller caller, Form form, boolean changed, boolean connected) {
        return Templates.account(
                form,
                caller.name(),
                password.applies(caller),
                changed,
                connected,
                connections.provider(),
                connections.name(caller.ownerId()),
                sessions.of(caller.ownerId(), token()),
                organisations.of(caller.ownerId()),
                limits.views(caller.ownerId()),
                log.concerning(caller, ACTS));
    }

    private String token() {
        return session.token().orElseThrow();
    }
}
