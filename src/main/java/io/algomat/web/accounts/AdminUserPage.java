package io.algomat.web.accounts;

import io.algomat.accounts.Caller;
import io.algomat.accounts.ChangeUser;
import io.algomat.accounts.CurrentCaller;
import io.algomat.accounts.ResetLinkCommand;
import io.algomat.accounts.Users;
import io.algomat.billing.Billing;
import io.algomat.billing.GrantCredit;
import io.algomat.platform.Credits;
import io.algomat.platform.Ids;
import io.algomat.web.Shell;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an administrator can do for and to one user. */
@Path("/admin/users/{name}")
@RunOnVirtualThread
public class AdminUserPage {
    @CheckedTemplate
    static class Templates {
        static native TemplateInstance user(
                Form form, Users.UserView user, Credits credit, boolean self, @Nullable String link);

        private Templates() {}
    }

    private final CurrentCaller current;
    private final Users users;
    private final ChangeUser change;
    private final ResetLinkCommand resetLink;
    private final GrantCredit grant;
    private final Billing billing;
    private final Shell shell;

    AdminUserPage(
            CurrentCaller current,
            Users users,
            ChangeUser change,
            ResetLinkCommand resetLink,
            GrantCredit grant,
            Billing billing,
            Shell shell) {
        this.current = current;
        this.users = users;
        this.change = change;
        this.resetLink = resetLink;
        this.grant = grant;
        this.billing = billing;
        this.shell = shell;
    }

    @GET
    public TemplateInstance user(@PathParam("name") String name) {
        return page(current.administrator(), name, fresh(), null);
    }

    @POST
    @Path("credit")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response grantCredit(@PathParam("name") String name, MultivaluedMap<String, String> sent) {
        Caller administrator = current.administrator();
        Form form = Form.of(sent);
        return form.submit(
                () -> {
                    grant.grant(administrator, name, form.text("amount"), form.text("reason"), form.text("once"));
                    return here(name);
                },
                again -> page(administrator, name, again, null));
    }

    @POST
    @Path("disable")
    public Response disable(@PathParam("name") String name, @FormParam("why") @Nullable String why) {
        change.disable(current.administrator(), name, why == null ? "" : why);
        return Response.seeOther(here(name)).build();
    }

    @POST
    @Path("enable")
    public Response enable(@PathParam("name") String name) {
        change.enable(current.administrator(), name);
        return Response.seeOther(here(name)).build();
    }

    @POST
    @Path("publisher")
    public Response approve(@PathParam("name") String name, @FormParam("approved") boolean approved) {
        change.approvePublisher(current.administrator(), name, approved);
        return Response.seeOther(here(name)).build();
    }

    /** Answers with the page itself: the link is in this answer and nowhere else. */
    @POST
    @Path("reset-link")
    public Response makeResetLink(@PathParam("name") String name) {
        Caller administrator = current.administrator();
        String link = shell.getOrigin() + resetLink.link(administrator, name);
        return Response.ok(page(administrator, name, fresh(), link))
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }

    private TemplateInstance page(Caller administrator, String name, Form form, @Nullable String link) {
        Users.UserView user = users.find(name);
        boolean self = user.id() == administrator.ownerId();
        return Templates.user(form, user, billing.available(user.id()), self, link);
    }

    /** Each form that is shown grants once, however often it is sent. */
    private static Form fresh() {
        return Form.of(Map.of("once", List.of(Ids.random("grant"))));
    }

    private static URI here(String name) {
        return URI.create("/admin/users/" + name);
    }
}
