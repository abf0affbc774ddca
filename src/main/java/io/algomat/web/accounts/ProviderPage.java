package io.algomat.web.accounts;

import io.algomat.accounts.CurrentCaller;
import io.algomat.accounts.FirstSignIn;
import io.algomat.accounts.Identity;
import io.algomat.accounts.ProviderAccount;
import io.algomat.accounts.ProviderConfig;
import io.algomat.accounts.ProviderMechanism;
import io.algomat.accounts.SessionMechanism;
import io.algomat.accounts.SignInByProvider;
import io.algomat.accounts.SignInByProvider.Outcome;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.CookieParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Signing in with the provider, and what one is asked when one comes from it for the first time. */
@Path("/")
@RunOnVirtualThread
public class ProviderPage {
    private static final String NEXT = "algomat_next";
    private static final String ARRIVAL = "algomat_arrival";
    private static final int SECONDS = 1800;

    @CheckedTemplate
    static class Templates {
        static native TemplateInstance first(Form fresh, Form local, ProviderAccount account, String provider);

        private Templates() {}
    }

    private final ProviderMechanism mechanism;
    private final SignInByProvider signIn;
    private final FirstSignIn first;
    private final SessionMechanism session;
    private final CurrentCaller current;
    private final ProviderConfig config;

    ProviderPage(
            ProviderMechanism mechanism,
            SignInByProvider signIn,
            FirstSignIn first,
            SessionMechanism session,
            CurrentCaller current,
            ProviderConfig config) {
        this.mechanism = mechanism;
        this.signIn = signIn;
        this.first = first;
        this.session = session;
        this.current = current;
        this.config = config;
    }

    @GET
    @Path("sign-in/provider")
    public Response begin(@QueryParam("next") @Nullable String next) {
        session.demandSafe();
        return Response.seeOther(mechanism.begin())
                .cookie(kept(NEXT, Destination.of(next).toString()))
                .build();
    }

    /** Where the provider sends the browser back to. */
    @GET
    @Path("sign-in/back")
    public Response back(@CookieParam(NEXT) @Nullable String next) {
        session.demandSafe();
        return switch (signIn.arrive(mechanism.finish(), session.token())) {
            case Outcome.First(String token) ->
                Response.seeOther(URI.create("/sign-in/first"))
                        .cookie(kept(ARRIVAL, token))
                        .build();
            case Outcome.Known(Identity identity, boolean connected) ->
                signedIn(() -> identity, connected ? URI.create("/account?connected=true") : Destination.of(next));
        };
    }

    @GET
    @Path("sign-in/first")
    public TemplateInstance first(@CookieParam(ARRIVAL) @DefaultValue("") String arrival) {
        ProviderAccount account = first.account(arrival);
        Form suggestion = Form.of(Map.of("name", List.of(first.suggestedName(account))));
        return Templates.first(suggestion, Form.blank(), account, config.name());
    }

    @POST
    @Path("sign-in/first")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response create(
            @CookieParam(ARRIVAL) @DefaultValue("") String arrival,
            @CookieParam(NEXT) @Nullable String next,
            MultivaluedMap<String, String> sent) {
        ProviderAccount account = first.account(arrival);
        Form form = Form.of(sent);
        return go(
                form,
                next,
                () -> first.create(arrival, form.text("name"), current.address()),
                again -> Templates.first(again, Form.blank(), account, config.name()));
    }

    @POST
    @Path("sign-in/first/connect")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response connect(
            @CookieParam(ARRIVAL) @DefaultValue("") String arrival,
            @CookieParam(NEXT) @Nullable String next,
            MultivaluedMap<String, String> sent) {
        ProviderAccount account = first.account(arrival);
        Form form = Form.of(sent);
        return go(
                form,
                next,
                () -> first.connect(arrival, form.text("local"), form.text("password"), current.address()),
                again -> Templates.first(Form.blank(), again, account, config.name()));
    }

    private Response go(
            Form form, @Nullable String next, Supplier<Identity> act, Function<Form, TemplateInstance> again) {
        return form.answer(() -> signedIn(act, Destination.of(next)), again);
    }

    private Response signedIn(Supplier<Identity> identity, URI destination) {
        session.open(identity);
        return Response.seeOther(destination)
                .cookie(dropped(NEXT), dropped(ARRIVAL))
                .build();
    }

    private static NewCookie kept(String name, String value) {
        return cookie(name, value, SECONDS);
    }

    private static NewCookie dropped(String name) {
        return cookie(name, "", 0);
    }

    private static NewCookie cookie(String name, String value, int seconds) {
        return new NewCookie.Builder(name)
                .value(value)
                .path("/sign-in")
                .maxAge(seconds)
                .httpOnly(true)
                .sameSite(NewCookie.SameSite.LAX)
                .build();
    }
}
