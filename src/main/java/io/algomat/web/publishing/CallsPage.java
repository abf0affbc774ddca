package io.algomat.web.publishing;

import io.algomat.accounts.Caller;
import io.algomat.accounts.CurrentCaller;
import io.algomat.calls.CallText;
import io.algomat.calls.CallTexts;
import io.algomat.calls.PublishersCalls;
import io.algomat.catalog.AlgorithmView;
import io.algomat.catalog.Algorithms;
import io.algomat.platform.ErrorCode;
import io.algomat.platform.Ids;
import io.algomat.platform.Problem;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** An algorithm's calls for its publisher: how all ended, and the words of those that it may read. */
@Path("/algorithms/{owner}/{name}/calls")
@RunOnVirtualThread
public class CallsPage {
    private static final Duration PERIOD = Duration.ofDays(30);

    @CheckedTemplate
    static class Templates {
        static native TemplateInstance all(
                String path, List<PublishersCalls.Ended> ended, List<PublishersCalls.Readable> readable);

        static native TemplateInstance one(String path, String id, CallText text);

        private Templates() {}
    }

    private final CurrentCaller current;
    private final Algorithms algorithms;
    private final PublishersCalls calls;
    private final CallTexts texts;
    private final Clock clock;

    CallsPage(CurrentCaller current, Algorithms algorithms, PublishersCalls calls, CallTexts texts, Clock clock) {
        this.current = current;
        this.algorithms = algorithms;
        this.calls = calls;
        this.texts = texts;
        this.clock = clock;
    }

    @GET
    public TemplateInstance all(@PathParam("owner") String owner, @PathParam("name") String name) {
        AlgorithmView algorithm = own(owner, name);
        return Templates.all(
                algorithm.path(),
                calls.ended(
                        algorithm.ownerId(), algorithm.path(), clock.instant().minus(PERIOD)),
                calls.readable(algorithm.ownerId(), algorithm.path()));
    }

    @GET
    @Path("{call}")
    public TemplateInstance one(
            @PathParam("owner") String owner, @PathParam("name") String name, @PathParam("call") String id) {
        AlgorithmView algorithm = own(owner, name);
        CallText text = texts.read(current.required(), Ids.parseCall(id))
                .orElseThrow(() -> Problem.of(
                        ErrorCode.NOT_FOUND,
                        "There is nothing of " + id + " for you to read: only its caller may share what it wrote"));
        return Templates.one(algorithm.path(), id, text);
    }

    private AlgorithmView own(String owner, String name) {
        Caller caller = current.required();
        AlgorithmView algorithm = algorithms.view(owner, name, caller);
        if (!caller.actsFor(algorithm.ownerId())) {
            throw Problem.of(ErrorCode.NOT_FOUND, "You have no algorithm " + owner + "/" + name);
        }
        return algorithm;
    }
}
