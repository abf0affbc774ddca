package io.algomat.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.algomat.platform.Problem.FieldError;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Reads the steps and the answer of a pipeline; a step may use only what came before it. */
final class ReadPipeline {
    private static final int USUAL_PARALLEL = 4;
    private static final List<String> PARTS = List.of("steps", "answer");

    private final JsonNode root;
    private final BiConsumer<String, String> fault;
    private final Set<String> known = new LinkedHashSet<>();

    /** @param fault takes a pointer and what is wrong there */
    private ReadPipeline(JsonNode root, BiConsumer<String, String> fault) {
        this.root = root;
        this.fault = fault;
    }

    /** @param faults takes in what is wrong; the schema has judged the form before. Null when there is nothing to read */
    static @Nullable Pipeline of(LocatedYaml yaml, List<FieldError> faults) {
        for (String part : PARTS) {
            if (!yaml.root().has(part)) {
                faults.add(new FieldError(
                        yaml.where("/runtime"), "There are no '" + part + "'; a pipeline has 'steps' and an 'answer'"));
                return null;
            }
        }
        return new ReadPipeline(
                        yaml.root(), (pointer, message) -> faults.add(new FieldError(yaml.where(pointer), message)))
                .pipeline();
    }

    /** Reads what a version keeps. */
    static Pipeline kept(JsonNode written) {
        return new ReadPipeline(written, (pointer, message) -> {
                    throw new IllegalStateException("A kept pipeline is broken at " + pointer + ": " + message);
                })
                .pipeline();
    }

    private Pipeline pipeline() {
        List<Pipeline.Step> steps = new ArrayList<>();
        for (JsonNode step : root.path("steps")) {
            steps.add(step(step, "/steps/" + steps.size()));
        }
        Mapping answer = mapping(root.path("answer"), "/answer", known, new HashSet<>());
        return new Pipeline(steps, answer, ((ObjectNode) root.deepCopy()).retain(PARTS));
    }

    private Pipeline.Step step(JsonNode step, String at) {
        String name = step.path("name").asText();
        Set<String> needs = new HashSet<>();
        Mapping.From each = null;
        Set<String> inside = new LinkedHashSet<>(known);
        if (step.has("each")) {
            each = new ReadMapping(known, fault, needs).pointer(step.path("each"), at + "/each");
            inside.add(Pipeline.ITEM);
        } else if (step.has("parallel")) {
            fault.accept(at + "/parallel", "'parallel' says how many of a list run at once; this step has no 'each'");
        }
        Mapping input = mapping(step.path("input"), at + "/input", inside, needs);
        boolean reserved = name.equals(Pipeline.INPUT) || name.equals(Pipeline.ITEM);
        if (reserved || !known.add(name)) {
            fault.accept(
                    at + "/name",
                    "'" + name + "' " + (reserved ? "means something else here" : "stands here twice")
                            + "; expected a name of its own for each step");
        }
        needs.remove(Pipeline.INPUT);
        needs.remove(Pipeline.ITEM);
        return new Pipeline.Step(
                name, step.path("call").asText(), each, step.path("parallel").asInt(USUAL_PARALLEL), input, needs);
    }

    private Mapping mapping(JsonNode node, String at, Set<String> sources, Set<String> needs) {
        return new ReadMapping(sources, fault, needs).read(node, at);
    }
}
