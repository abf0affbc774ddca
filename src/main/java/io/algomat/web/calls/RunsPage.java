package io.algomat.web.calls;

import io.algomat.accounts.Caller;
import io.algomat.accounts.CurrentCaller;
import io.algomat.calls.CallTexts;
import io.algomat.calls.LoggedCall;
import io.algomat.calls.MyCalls;
import io.algomat.calls.MyCalls.Filter;
import io.algomat.calls.MyCalls.Summary;
import io.algomat.calls.Outcome;
import io.algomat.calls.RaisesAhead;
import io.algomat.catalog.Raise;
import io.algomat.platform.ErrorCode;
import io.algomat.platform.Ids;
import io.algomat.platform.Labels;
import io.algomat.platform.Page;
import io.algomat.platform.Problem;
import io.algomat.web.Format;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The reader's own calls: what was called, how it ended, where the time went, what it cost. */
@Path("/runs")
@RunOnVirtualThread
public class RunsPage {
    private static final int LONGEST_DAYS = 366;

    /** The filter as the form shows it. */
    public record Form(
            String algorithm,
            String outcome,
            int days,
            String labels,
            @Nullable String labelsError) {
        /** Whether anything but the period narrows the list. */
        public boolean narrow() {
            return !algorithm.isEmpty() || !outcome.isEmpty() || !labels.isEmpty();
        }
    }

    @CheckedTemplate
    static class Templates {
        static native TemplateInstance list(
                Form form, Summary summary, Page<LoggedCall> calls, String url, String csv, List<Raise> raises);

        static native TemplateInstance one(
                LoggedCall call, String id, Timeline timeline, Waterfall made, RunWords words);

        private Templates() {}
    }

    private final CurrentCaller current;
    private final MyCalls calls;
    private final CallTexts texts;
    private final RaisesAhead raises;
    private final Clock clock;

    RunsPage(CurrentCaller current, MyCalls calls, CallTexts texts, RaisesAhead raises, Clock clock) {
        this.current = current;
        this.calls = calls;
        this.texts = texts;
        this.raises = raises;
        this.clock = clock;
    }

    @GET
    public TemplateInstance list(
            @QueryParam("algorithm") @DefaultValue("") String algorithm,
            @QueryParam("outcome") @DefaultValue("") String outcome,
            @QueryParam("days") @DefaultValue("30") int days,
            @QueryParam("labels") @DefaultValue("") String labels,
            @QueryParam("page") @DefaultValue("1") int page,
            @Context UriInfo address) {
        Caller reader = current.required();
        Form form = form(algorithm, outcome, days, labels);
        MyCalls.Found found = calls.find(reader.ownerId(), filter(form), page);
        String query = address.getRequestUri().getRawQuery();
        return Templates.list(
                form,
                found.summary(),
                found.calls(),
                address.getRequestUri().getRawPath() + (query == null ? "" : "?" + query),
                csv(form),
                raises.of(reader));
    }

    /** All calls that a filter finds, as a file. */
    @GET
    @Path("/calls.csv")
    public Response csv(
            @QueryParam("algorithm") @DefaultValue("") String algorithm,
            @QueryParam("outcome") @DefaultValue("") String outcome,
            @QueryParam("days") @DefaultValue("30") int days,
            @QueryParam("labels") @DefaultValue("") String labels) {
        long caller = current.required().ownerId();
        Form form = form(algorithm, outcome, days, labels);
        if (form.labelsError() != null) {
            throw Problem.of(ErrorCode.BAD_REQUEST, form.labelsError());
        }
        return CallsCsv.of(calls, caller, filter(form));
    }

    private static Form form(String algorithm, String outcome, int days, String labels) {
        Outcome wanted = outcome(outcome);
        return new Form(
                algorithm.strip(),
                wanted == null ? "" : wanted.wire(),
                Math.clamp(days, 1, LONGEST_DAYS),
                labels.strip(),
                wrong(labels));
    }

    private static @Nullable String wrong(String labels) {
        try {
            Labels.parse(labels);
            return null;
        } catch (Problem unreadable) {
            return unreadable.detail();
        }
    }

    /** With labels that cannot be read the list is not narrowed by them, and says why. */
    private Filter filter(Form form) {
        return new Filter(
                form.algorithm(),
                outcome(form.outcome()),
                clock.instant().minus(Duration.ofDays(form.days())),
                form.labelsError() == null ? Labels.parse(form.labels()) : Labels.NONE);
    }

    private static String csv(Form form) {
        return "/runs/calls.csv?algorithm=" + Format.inUrl(form.algorithm()) + "&outcome=" + form.outcome() + "&days="
                + form.days() + "&labels=" + Format.inUrl(form.labels());
    }

    @GET
    @Path("/{call}")
    public TemplateInstance one(@PathParam("call") String id) {
        Caller reader = current.required();
        LoggedCall call = calls.call(reader.ownerId(), Ids.parseCall(id));
        RunWords words = new RunWords(
                texts.read(reader, call.callId()).orElse(null),
                texts.sharing(reader, call.callId()).orElse(null));
        Waterfall made = Waterfall.of(call, calls.below(reader.ownerId(), call.callId()));
        return Templates.one(call, id, Timeline.of(call.micros()), made, words);
    }

    @POST
    @Path("/{call}/share")
    public Response share(@PathParam("call") String id) {
        texts.share(current.required(), Ids.parseCall(id));
        return back(id);
    }

    @POST
    @Path("/{call}/withdraw")
    public Response withdraw(@PathParam("call") String id) {
        texts.withdraw(current.required(), Ids.parseCall(id));
        return back(id);
    }

    private static Response back(String id) {
        return Response.seeOther(URI.create("/runs/" + id)).build();
    }

    /** Null for all of them, which is also what an unknown word means. */
    private static @Nullable Outcome outcome(String word) {
        return Arrays.stream(Outcome.values())
                .filter(outcome -> outcome.wire().equals(word))
                .findFirst()
                .orElse(null);
    }
}
