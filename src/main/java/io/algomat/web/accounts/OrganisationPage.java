package io.algomat.web.accounts;

import io.algomat.accounts.Caller;
import io.algomat.accounts.ChangeMembers;
import io.algomat.accounts.CreateOrganisation;
import io.algomat.accounts.CurrentCaller;
import io.algomat.accounts.Organisations;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.net.URI;

/** Organisations: making one, and who belongs to it. */
@Path("/organisations")
@RunOnVirtualThread
public class OrganisationPage {
    @CheckedTemplate
    static class Templates {
        static native TemplateInstance create(Form form);

        static native TemplateInstance organisation(
                Form form, Organisations.OrganisationView organisation, String self);

        private Templates() {}
    }

    private final CurrentCaller current;
    private final Organisations organisations;
    private final CreateOrganisation create;
    private final ChangeMembers members;

    OrganisationPage(
            CurrentCaller current, Organisations organisations, CreateOrganisation create, ChangeMembers members) {
        this.current = current;
        this.organisations = organisations;
        this.create = create;
        this.members = members;
    }

    @GET
    @Path("new")
    public TemplateInstance form() {
        current.required();
        return Templates.create(Form.blank());
    }

    @POST
    @Path("new")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response create(MultivaluedMap<String, String> sent) {
        Caller caller = current.required();
        Form form = Form.of(sent);
        return form.submit(() -> here(create.create(caller, form.text("name"))), Templates::create);
    }

    @GET
    @Path("{name}")
    public TemplateInstance organisation(@PathParam("name") String name) {
        return page(current.required(), name, Form.blank());
    }

    @POST
    @Path("{name}/members")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response add(@PathParam("name") String name, MultivaluedMap<String, String> sent) {
        Caller caller = current.required();
        Form form = Form.of(sent);
        return form.submit(
                () -> {
                    members.add(caller, name, form.text("user"), form.has("role", "owner"));
                    return here(name);
                },
                again -> page(caller, name, again));
    }

    @POST
    @Path("{name}/members/remove")
    public Response remove(@PathParam("name") String name, @FormParam("user") @DefaultValue("") String user) {
        Caller caller = current.required();
        members.remove(caller, name, user);
        return Response.seeOther(user.equalsIgnoreCase(caller.name()) ? URI.create("/account") : here(name))
                .build();
    }

    private TemplateInstance page(Caller caller, String name, Form form) {
        return Templates.organisation(form, organisations.find(caller, name), caller.name());
    }

    private static URI here(String name) {
        return URI.create("/organisations/" + name);
    }
}
