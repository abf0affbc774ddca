package io.algomat.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * An algorithm without code: steps that call other algorithms, and how the answer is made of theirs.
 *
 * @param written the steps and the answer as the manifest has them, for keeping
 */
public record Pipeline(List<Step> steps, Mapping answer, JsonNode written) {
    /** What a manifest may write in a mapping for what the caller sent, and for the one that a fan-out is at. */
    public static final String INPUT = "input";

    public static final String ITEM = "item";

    /**
     * One call, or one for each item of a list.
     *
     * @param call {@code owner/name}; of a published version {@code owner/name/1.2.3}
     * @param each the list whose items are called for, or null for one call
     * @param parallel how many items are in flight at once
     * @param needs the steps whose answers it must wait for
     */
    public record Step(
            String name, String call, Mapping.@Nullable From each, int parallel, Mapping input, Set<String> needs) {
        public Step {
            needs = Set.copyOf(needs);
        }
    }

    public Pipeline {
        steps = List.copyOf(steps);
    }

    /** The algorithms that it calls, each once, as {@code owner/name}. */
    public List<String> calls() {
        return steps.stream().map(step -> unversioned(step.call())).distinct().toList();
    }

    /** The same steps, each bound to one version for good. */
    Pipeline pinned(UnaryOperator<String> exact) {
        ObjectNode copy = written.deepCopy();
        copy.path("steps")
                .forEach(step -> ((ObjectNode) step)
                        .put("call", exact.apply(step.path("call").asText())));
        return ReadPipeline.kept(copy);
    }

    private static String unversioned(String call) {
        String[] parts = call.split("/", 3);
        return parts.length < 2 ? call : parts[0] + "/" + parts[1];
    }
}
