package io.algomat.fronts.algorithmia;

import io.algomat.accounts.Caller;
import io.algomat.billing.Charge;
import io.algomat.calls.Allowance;
import io.algomat.calls.CallResult;
import io.algomat.catalog.Raise;
import io.algomat.platform.Credits;
import io.algomat.platform.ErrorCode;
import io.algomat.platform.Ids;
import io.algomat.platform.Payload;
import io.algomat.platform.Problem;
import io.algomat.platform.UnitPrice;
import io.algomat.workers.Timing;
import io.algomat.workers.WorkerOutcome.Cancelled;
import io.algomat.workers.WorkerOutcome.Failed;
import io.algomat.workers.WorkerOutcome.Succeeded;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Answers as Algorithmia's clients expect them; what is ours alone travels in headers. */
final class AlgoAnswer {
    private static final String TEXT = "text/plain;charset=UTF-8";

    private static final int LONGEST_HEADER = 1000;

    private AlgoAnswer() {}

    static Response of(CallResult result, Caller caller, AlgoOptions options) {
        boolean publisher = caller.actsFor(result.version().ownerId());
        boolean stdout = publisher && options.stdout();
        Response.ResponseBuilder answer = switch (result.outcome()) {
            case Succeeded(Payload output, String _, Timing _, var _) when options.raw() -> raw(output);
            case Succeeded(Payload output, String log, Timing timing, var _) ->
                json(200, AnswerBody.success(output, timing.computeNanos(), alerts(result), stdout ? log : null));
            case Failed failed when options.raw() -> rawFailure(failed);
            case Failed failed ->
                json(200, AnswerBody.failure(failed, publisher, result.totalNanos(), stdout ? failed.log() : null));
            // Nobody is left to read this.
            case Cancelled _ -> json(499, new byte[0]);
        };
        return withHeaders(answer, result).build();
    }

    static Response of(Problem problem) {
        Response.ResponseBuilder answer = json(problem.code().status(), AnswerBody.problem(problem))
                .header("X-Algomat-Error", problem.code().slug());
        Duration wait = problem.retryAfter();
        if (wait != null) {
            answer.header(HttpHeaders.RETRY_AFTER, seconds(wait));
        }
        if (problem.extra().get("call") instanceof String call) {
            answer.header("X-Algomat-Call-Id", call).header("X-Algomat-Cost", Credits.ZERO);
        }
        if (problem.code() == ErrorCode.RATE_LIMITED && problem.extra().get("limit") instanceof Long limit) {
            limits(answer, new Allowance(limit, 0, wait == null ? Duration.ZERO : wait));
        }
        return answer.build();
    }

    private static Response.ResponseBuilder withHeaders(Response.ResponseBuilder answer, CallResult result) {
        Timing timing = result.outcome().timing();
        Credits cost = result.charge() == null ? Credits.ZERO : result.charge().whole();
        answer.header("X-Algomat-Call-Id", Ids.callText(result.callId()))
                .header("X-Algomat-Cost", cost)
                .header(
                        "Server-Timing",
                        "queue;dur=" + millis(timing.queueNanos()) + ", cold;dur=" + millis(timing.coldNanos())
                                + ", compute;dur=" + millis(timing.computeNanos()));
        if (result.charge() != null && result.charge().metered() != null) {
            Charge.Metered metered = result.charge().metered();
            answer.header("X-Algomat-Units", metered.units() + " " + metered.metric())
                    .header("X-Algomat-Unit-Cost", metered.cost());
        }
        if (!timing.device().isEmpty()) {
            answer.header("X-Algomat-Device", timing.device());
        }
        if (result.repeated()) {
            answer.header("X-Algomat-Repeated", true);
        }
        limits(answer, result.allowance());
        return answer;
    }

    private static void limits(Response.ResponseBuilder answer, Allowance allowance) {
        if (allowance.limited()) {
            answer.header("RateLimit-Limit", allowance.limit())
                    .header("RateLimit-Remaining", allowance.remaining())
                    .header("RateLimit-Reset", seconds(allowance.reset()));
        }
    }

    private static List<String> alerts(CallResult result) {
        List<String> alerts = new ArrayList<>();
        if (result.version().deprecated()) {
            alerts.add(result.version().path() + "/" + result.version().version() + " is deprecated");
        }
        Raise raise = result.raise();
        if (raise != null) {
            alerts.add(raise.path() + ": the price rises on " + raise.from() + " with version " + raise.version()
                    + ", royalty " + raise.raised().royalty() + " in place of "
                    + raise.price().royalty() + " credits" + unit(raise) + "; name version " + raise.current()
                    + " to keep its price");
        }
        return alerts;
    }

    private static String unit(Raise raise) {
        UnitPrice unit = raise.raised().unit();
        return unit == null ? "" : ", and " + unit;
    }

    private static Response.ResponseBuilder raw(Payload output) {
        return switch (output.kind()) {
            case TEXT -> Response.ok(output.bytes(), TEXT);
            case JSON -> Response.ok(output.bytes(), MediaType.APPLICATION_JSON);
            case BINARY -> Response.ok(output.bytes(), MediaType.APPLICATION_OCTET_STREAM);
            case VOID -> Response.ok("null".getBytes(StandardCharsets.US_ASCII), MediaType.APPLICATION_JSON);
        };
    }

    private static Response.ResponseBuilder rawFailure(Failed failed) {
        return Response.status(400)
                .type(TEXT)
                .entity(failed.message().getBytes(StandardCharsets.UTF_8))
                .header("X-Error-Message", headerText(failed.message()));
    }

    /** What a header can carry: printable ASCII, and no more than clients and proxies take. */
    static String headerText(String message) {
        String start = message.length() <= LONGEST_HEADER ? message : message.substring(0, LONGEST_HEADER);
        return start.replaceAll("[^ -~]", " ");
    }

    private static Response.ResponseBuilder json(int status, byte[] body) {
        return Response.status(status).type(MediaType.APPLICATION_JSON).entity(body);
    }

    /** Milliseconds with microseconds behind the point, as {@code Server-Timing} has it. */
    private static String millis(long nanos) {
        long micros = nanos / 1000;
        String fraction = String.valueOf(1000 + micros % 1000).substring(1);
        return micros / 1000 + "." + fraction;
    }

    /** Whole seconds, rounded up, so that who waits them waits long enough. */
    private static long seconds(Duration time) {
        return time.toSeconds() + (time.getNano() > 0 ? 1 : 0);
    }
}
