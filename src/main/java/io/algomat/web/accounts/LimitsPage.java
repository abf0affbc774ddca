package io.algomat.web.accounts;

import io.algomat.accounts.Caller;
import io.algomat.accounts.CurrentCaller;
import io.algomat.accounts.KeysOf;
import io.algomat.billing.ChangeLimits;
import io.algomat.billing.LimitPeriod;
import io.algomat.billing.SpendLimits;
import io.algomat.platform.Credits;
import io.algomat.platform.Problem;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
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
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What one's account and its keys may spend, and how often they may call. */
@Path("/limits")
@RunOnVirtualThread
public class LimitsPage {
    private static final URI HERE = URI.create("/limits");

    @CheckedTemplate
    static class Templates {
        static native TemplateInstance limits(Form form, List<SpendLimits.View> limits, List<KeysOf.KeyView> keys);

        private Templates() {}
    }

    private final CurrentCaller current;
    private final KeysOf keys;
    private final SpendLimits limits;
    private final ChangeLimits change;

    LimitsPage(CurrentCaller current, KeysOf keys, SpendLimits limits, ChangeLimits change) {
        this.current = current;
        this.keys = keys;
        this.limits = limits;
        this.change = change;
    }

    /** @param key the key that the form is about at first; empty for the whole account */
    @GET
    public TemplateInstance list(@QueryParam("key") @DefaultValue("") String key) {
        return page(
                current.required(), Form.of(Map.of("key", List.of(key), "period", List.of(LimitPeriod.MONTH.wire()))));
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response set(MultivaluedMap<String, String> sent) {
        Caller caller = current.required();
        Form form = Form.of(sent);
        return form.submit(
                () -> {
                    change.set(
                            caller.ownerId(),
                            key(form.text("key").strip()),
                            LimitPeriod.of(form.text("period"))
                                    .orElseThrow(() -> Problem.invalid("period", "Choose from what is offered here")),
                            credits(form.text("maxSpend").strip()),
                            calls(form.text("maxCalls").strip()));
                    return HERE;
                },
                again -> page(caller, again));
    }

    @POST
    @Path("{id}/remove")
    public Response remove(@PathParam("id") long id) {
        change.remove(current.required().ownerId(), id);
        return Response.seeOther(HERE).build();
    }

    private TemplateInstance page(Caller caller, Form form) {
        return Templates.limits(form, limits.views(caller.ownerId()), keys.owner(caller.ownerId()));
    }

    private static @Nullable Long key(String text) {
        if (text.isEmpty()) {
            return null;
        }
        if (!text.matches("[0-9]{1,18}")) {
            throw Problem.invalid("key", "Choose from what is offered here");
        }
        return Long.valueOf(text);
    }

    private static @Nullable Credits credits(String text) {
        try {
            return text.isEmpty() ? null : Credits.parse(text);
        } catch (IllegalArgumentException _) {
            throw Problem.invalid("maxSpend", "Expected a number of credits such as 12.5, or nothing");
        }
    }

    private static @Nullable Long calls(String text) {
        if (text.isEmpty()) {
            return null;
        }
        if (!text.matches("[0-9]{1,15}")) {
            throw Problem.invalid("maxCalls", "Expected a whole number of calls, or nothing");
        }
        return Long.valueOf(text);
    }
}
