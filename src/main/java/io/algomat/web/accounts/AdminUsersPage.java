package io.algomat.web.accounts;

import io.algomat.accounts.CurrentCaller;
import io.algomat.accounts.Users;
import io.algomat.billing.Billing;
import io.algomat.platform.Credits;
import io.algomat.platform.Page;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.util.List;

/** The administrator's list of users. */
@Path("/admin")
@RunOnVirtualThread
public class AdminUsersPage {
    /** One line of the list. */
    public record Line(Users.UserView user, Credits credit) {}

    @CheckedTemplate
    static class Templates {
        static native TemplateInstance users(Page<Line> found, String query, String url);

        private Templates() {}
    }

    private final CurrentCaller current;
    private final Users users;
    private final Billing billing;

    AdminUsersPage(CurrentCaller current, Users users, Billing billing) {
        this.current = current;
        this.users = users;
        this.billing = billing;
    }

    @GET
    public Response first() {
        current.administrator();
        return Response.seeOther(URI.create("/admin/users")).build();
    }

    @GET
    @Path("users")
    public TemplateInstance list(
            @QueryParam("q") @DefaultValue("") String query,
            @QueryParam("page") @DefaultValue("1") int number,
            @Context UriInfo address) {
        current.administrator();
        Page<Users.UserView> found = users.search(query, number);
        List<Line> lines = found.items().stream()
                .map(user -> new Line(user, billing.available(user.id())))
                .toList();
        return Templates.users(
                new Page<>(lines, found.number(), found.size(), found.total()),
                query,
                address.getRequestUri().toString());
    }
}
