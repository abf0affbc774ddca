package io.algomat.web.calls;

import io.algomat.calls.LoggedCall;
import io.algomat.platform.Ids;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The calls that a call made, each below the one that made it, with bars on the root's own scale of time.
 *
 * @param steps empty for a call that called no other
 */
public record Waterfall(List<Step> steps) {
    /**
     * @param depth 1 for what the root itself called
     * @param label the pipeline's step, or empty when code called
     * @param queue, cold, compute as parts of the root's whole time, from its beginning on
     */
    public record Step(
            LoggedCall call,
            String id,
            int depth,
            String label,
            Timeline.Part queue,
            Timeline.Part cold,
            Timeline.Part compute) {
        public double totalMs() {
            return call.micros().total() / 1e3;
        }
    }

    /** @param below all calls inside of the root, in the order in which they began */
    static Waterfall of(LoggedCall root, List<LoggedCall> below) {
        Map<UUID, List<LoggedCall>> children = new HashMap<>();
        for (LoggedCall call : below) {
            LoggedCall.Inside inside = call.inside();
            if (inside != null) {
                children.computeIfAbsent(inside.parent(), parent -> new ArrayList<>())
                        .add(call);
            }
        }
        List<Step> steps = new ArrayList<>();
        add(root.callId(), 1, Math.max(1, root.micros().total()), children, steps);
        return new Waterfall(List.copyOf(steps));
    }

    private static void add(
            UUID parent, int depth, double whole, Map<UUID, List<LoggedCall>> children, List<Step> steps) {
        for (LoggedCall call : children.getOrDefault(parent, List.of())) {
            steps.add(step(call, depth, whole));
            add(call.callId(), depth + 1, whole, children, steps);
        }
    }

    private static Step step(LoggedCall call, int depth, double whole) {
        LoggedCall.Inside inside = call.inside();
        long offset = inside == null ? 0 : inside.offsetMicros();
        String label = inside == null || inside.step() == null ? "" : inside.step();
        LoggedCall.Micros micros = call.micros();
        return new Step(
                call,
                Ids.callText(call.callId()),
                depth,
                label,
                Timeline.part(offset, micros.queue(), whole),
                Timeline.part(offset + micros.queue(), micros.cold(), whole),
                Timeline.part(offset + micros.queue() + micros.cold(), micros.compute(), whole));
    }
}
