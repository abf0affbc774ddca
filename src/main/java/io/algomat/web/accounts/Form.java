package io.algomat.web.accounts;

import io.algomat.platform.ErrorCode;
import io.algomat.platform.Problem;
import io.quarkus.qute.TemplateInstance;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A form as it was sent and what is wrong in it, so that it comes back filled in; passwords do not come back. */
public record Form(Map<String, List<String>> sent, Map<String, String> errors) {
    private static final Set<String> SECRET = Set.of("password", "current", "fresh");

    public static Form blank() {
        return new Form(Map.of(), Map.of());
    }

    public static Form of(Map<String, List<String>> sent) {
        return new Form(sent, Map.of());
    }

    /** What was typed into a field; empty where nothing was. */
    public String text(String name) {
        return sent.getOrDefault(name, List.of("")).getFirst();
    }

    public List<String> all(String name) {
        return sent.getOrDefault(name, List.of());
    }

    /** What a field shows when the form comes back. */
    public String value(String name) {
        return SECRET.contains(name) ? "" : text(name);
    }

    public boolean has(String name, String value) {
        return all(name).contains(value);
    }

    public boolean chose(String name, long number) {
        return has(name, String.valueOf(number));
    }

    public @Nullable String error(String name) {
        return errors.get(name);
    }

    /** Does what the form says and goes on, or shows it again with what is wrong beside its fields. */
    public Response submit(Supplier<URI> act, Function<Form, TemplateInstance> again) {
        return answer(() -> Response.seeOther(act.get()).build(), again);
    }

    /** As {@link #submit}, for acts whose answer is a page of its own. */
    public Response answer(Supplier<Response> act, Function<Form, TemplateInstance> again) {
        try {
            return act.get();
        } catch (Problem problem) {
            if (problem.code() != ErrorCode.INVALID) {
                throw problem;
            }
            return Response.status(problem.code().status())
                    .type(MediaType.TEXT_HTML_TYPE.withCharset("UTF-8"))
                    .entity(again.apply(new Form(sent, problem.messages())).render())
                    .build();
        }
    }
}
