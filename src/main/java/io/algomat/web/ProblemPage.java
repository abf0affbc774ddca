package io.algomat.web;

import io.algomat.platform.ErrorCode;
import io.algomat.platform.Problem;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.Arrays;
import java.util.List;

/** The pages that the {@code type} of a problem document points to. */
@Path("/problems")
@RunOnVirtualThread
public class ProblemPage {
    /** @param remedy what its reader can do */
    public record Meaning(String what, String remedy) {}

    @CheckedTemplate
    static class Templates {
        static native TemplateInstance list(List<ErrorCode> codes);

        static native TemplateInstance one(ErrorCode code, Meaning meaning);

        private Templates() {}
    }

    @GET
    public TemplateInstance list() {
        return Templates.list(List.of(ErrorCode.values()));
    }

    @GET
    @Path("/{slug}")
    public TemplateInstance one(String slug) {
        ErrorCode code = Arrays.stream(ErrorCode.values())
                .filter(known -> known.slug().equals(slug))
                .findFirst()
                .orElseThrow(() -> Problem.of(ErrorCode.NOT_FOUND, "There is no problem named " + slug + "."));
        return Templates.one(code, meaning(code));
    }

    private static Meaning meaning(ErrorCode code) {
        return switch (code) {
            case BAD_REQUEST ->
                new Meaning(
                        "What was sent could not be read: broken JSON, a missing parameter, or a form that is too old.",
                        "The detail says what was expected. Mend it and send it again.");
            case UNAUTHORIZED ->
                new Meaning(
                        "Nobody is signed in, or the API key is missing, mistyped, expired or revoked.",
                        "Sign in, or send a header such as Authorization: Simple KEY with a key from the page Keys.");
            case TOKEN_REFUSED ->
                new Meaning(
                        "The access token of the sign-in provider is expired, from elsewhere, or not meant for this site.",
                        "The detail says which; get a new token from the provider, or send an API key from the page Keys.");
            case PAYMENT_REQUIRED ->
                new Meaning(
                        "The account's credit does not cover what this call may cost at most.",
                        "The members required and available name both amounts. Get more credit, or shorten the timeout.");
            case SPEND_LIMIT ->
                new Meaning(
                        "This call may cost more than a limit leaves that the account's owner set for it or its key.",
                        "The members required, available and resets say how much and when. Max-Cost lowers what a call"
                                + " sets aside; the pages Keys and Account show the limits.");
            case FORBIDDEN ->
                new Meaning(
                        "The account or the key is known, but may not do this.",
                        "Use a key with the scope that the detail names, or ask the administrator.");
            case NOT_FOUND ->
                new Meaning(
                        "There is nothing at this address, or nothing that this account may see.",
                        "Look for the algorithm by the search; a private one is shown to its owner's members only.");
            case METHOD_NOT_ALLOWED ->
                new Meaning(
                        "The address exists, but not for this HTTP method.", "The header Allow names those that work.");
            case CONFLICT ->
                new Meaning(
                        "It contradicts what is already there: a name that is taken, a version that is published.",
                        "Choose another name, or the next version.");
            case STILL_RUNNING ->
                new Meaning(
                        "A call with the same Idempotency-Key is running.",
                        "Wait as long as the header Retry-After says and repeat it with the same key.");
            case ANSWER_GONE ->
                new Meaning(
                        "The call with this Idempotency-Key ran once; its answer was too large to keep, or is too old.",
                        "The members ran and cost name the call and what it cost. To run it again, use a new key.");
            case TOO_LARGE ->
                new Meaning("The input or the upload is larger than the limit.", "The detail names the limit.");
            case UNSUPPORTED_TYPE ->
                new Meaning(
                        "The content type is none that this address takes.",
                        "Algorithms take text/plain, application/json and application/octet-stream.");
            case INVALID ->
                new Meaning(
                        "Some fields are not right.",
                        "The member errors names each field, or file and line, and what was expected there.");
            case KEY_REUSED ->
                new Meaning(
                        "This Idempotency-Key was used for another algorithm or another input.",
                        "Give each call a key of its own, such as a UUID; use it again only to repeat that very call.");
            case RATE_LIMITED ->
                new Meaning(
                        "More calls came than this key or address may send.",
                        "Wait as long as the header Retry-After says.");
            case CALL_LIMIT ->
                new Meaning(
                        "The account's owner set a limit of calls for it or its key, and it is used up.",
                        "The member resets says when it counts anew; the pages Keys and Account show the limits.");
            case INTERNAL ->
                new Meaning(
                        "Something failed in the platform itself.",
                        "Try again; if it stays, tell the administrator the incident that the answer names.");
            case WORKER_LOST ->
                new Meaning(
                        "The worker died during the call, and so did a second one.",
                        "The input may be too large for the algorithm's memory. Its publisher sees that workers die.");
            case OVERLOADED ->
                new Meaning(
                        "The machine has no room for another call now.",
                        "Wait as long as the header Retry-After says.");
            case SANDBOX_UNAVAILABLE ->
                new Meaning(
                        "This machine cannot lock workers in, so it runs the site's own samples only.",
                        "The detail names what the administrator can install.");
            case DEVICE_UNAVAILABLE ->
                new Meaning(
                        "The algorithm computes on a GPU, and this machine has none.",
                        "Ask the administrator for a machine with one, or look for an algorithm that runs on the CPU.");
            case DATABASE_AWAY ->
                new Meaning("The database did not answer in time.", "Nothing was changed. Try again in a moment.");
            case PROVIDER_AWAY ->
                new Meaning(
                        "The provider that signs people in does not answer.",
                        "Try again in a moment. API keys, open sessions and local passwords work without it.");
            case CHARGE_UNCONFIRMED ->
                new Meaning(
                        "The call ran, but its charge could not be confirmed in time, so its result is kept back.",
                        "Look at the page Runs before you call again: each call is charged at most once.");
            case TIMEOUT ->
                new Meaning(
                        "The call's deadline passed before it could start.",
                        "Allow more time, up to the algorithm's own timeout.");
        };
    }
}
