package io.algomat.web.accounts;

import io.algomat.accounts.Caller;
import io.algomat.accounts.CreateKey;
import io.algomat.accounts.CurrentCaller;
import io.algomat.accounts.KeysOf;
import io.algomat.accounts.RevokeKey;
import io.algomat.accounts.Scope;
import io.algomat.billing.SpendLimits;
import io.algomat.platform.Problem;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One's API keys: making one, which is shown once, and revoking. */
@Path("/keys")
@RunOnVirtualThread
public class KeysPage {
    private static final Form CALLING = Form.of(Map.of("scopes", List.of(Scope.CALL.wire()), "name", List.of("")));

    @CheckedTemplate
    static class Templates {
        static native TemplateInstance keys(
                Form form,
                List<KeysOf.KeyView> keys,
                List<KeysOf.LeakedKey> leaked,
                List<SpendLimits.View> limits,
                @Nullable String fresh);

        private Templates() {}
    }

    private final CurrentCaller current;
    private final KeysOf keys;
    private final CreateKey create;
    private final RevokeKey revoke;
    private final SpendLimits limits;

    KeysPage(CurrentCaller current, KeysOf keys, CreateKey create, RevokeKey revoke, SpendLimits limits) {
        this.current = current;
        this.keys = keys;
        this.create = create;
        this.revoke = revoke;
        this.limits = limits;
    }

    @GET
    public TemplateInstance list() {
        return page(current.required(), CALLING, null);
    }

    /** Answers with the page itself instead of a redirect: the key is in this answer and nowhere else. */
    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response create(MultivaluedMap<String, String> sent) {
        Caller caller = current.required();
        Form form = Form.of(sent);
        return form.answer(
                () -> {
                    String fresh = create.create(
                                    caller.ownerId(), form.text("name"), scopes(form), expiry(form.text("expires")))
                            .key();
                    return Response.ok(page(caller, CALLING, fresh))
                            .header(HttpHeaders.CACHE_CONTROL, "no-store")
                            .build();
                },
                again -> page(caller, again, null));
    }

    @POST
    @Path("{id}/revoke")
    public Response revoke(@PathParam("id") long id) {
        revoke.revoke(current.required().ownerId(), id);
        return Response.seeOther(URI.create("/keys")).build();
    }

    private TemplateInstance page(Caller caller, Form form, @Nullable String fresh) {
        return Templates.keys(
                form,
                keys.owner(caller.ownerId()),
                keys.leaked(caller.ownerId()),
                limits.views(caller.ownerId()),
                fresh);
    }

    private static Set<Scope> scopes(Form form) {
        try {
            return form.all("scopes").stream().map(Scope::ofWire).collect(Collectors.toSet());
        } catch (IllegalArgumentException _) {
            throw Problem.invalid("scopes", "Choose from what is offered here");
        }
    }

    /** The end of the chosen day, in UTC. */
    private static @Nullable Instant expiry(String day) {
        if (day.isBlank()) {
            return null;
        }
        try {
            return LocalDate.parse(day.strip()).plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC);
        } catch (DateTimeParseException _) {
            throw Problem.invalid("expires", "'" + day + "' is no day: expected one such as 2027-01-31");
        }
    }
}
