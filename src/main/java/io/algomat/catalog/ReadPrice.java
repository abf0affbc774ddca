package io.algomat.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import io.algomat.platform.Credits;
import io.algomat.platform.Problem.FieldError;
import io.algomat.platform.UnitPrice;
import io.algomat.platform.Units;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what a manifest asks for a call. */
final class ReadPrice {
    /** What the site's own tasks report. */
    private static final Map<String, String> METRICS = Map.of("voice-activity", "seconds", "text-recognition", "lines");

    private final LocatedYaml yaml;
    private final List<FieldError> faults;

    /** @param faults takes in what is wrong */
    ReadPrice(LocatedYaml yaml, List<FieldError> faults) {
        this.yaml = yaml;
        this.faults = faults;
    }

    Credits royalty() {
        return credits("/price/royalty", "royalty");
    }

    @Nullable
    UnitPrice unit(Program program) {
        JsonNode said = yaml.root().at("/price/unit");
        if (said.isMissingNode()) {
            return null;
        }
        requireReported(said.path("metric").asText(), program);
        UnitPrice unit = new UnitPrice(
                said.path("metric").asText(),
                credits("/price/unit/credits", "unit price"),
                said.path("per").asLong(1),
                Units.of(said.path("max").asLong()));
        return faults.isEmpty() ? within(unit) : unit;
    }

    private void requireReported(String metric, Program program) {
        String reported = METRICS.get(program.task());
        if (program.pipeline() != null) {
            fault(
                    "/price/unit",
                    "A pipeline reports no metric; the algorithms that its steps call may have a unit price");
        } else if (!program.code() && reported == null) {
            fault(
                    "/price/unit",
                    "The task " + program.task() + " reports no metric; expected code, or one of the tasks "
                            + String.join(
                                    ", ", METRICS.keySet().stream().sorted().toList()));
        } else if (!program.code() && !metric.equals(reported)) {
            fault("/price/unit/metric", "The task " + program.task() + " reports " + reported + ", not " + metric);
        }
    }

    /** A call's units are held for before it runs, so the most of them has to be an amount that somebody may have. */
    private UnitPrice within(UnitPrice unit) {
        if (unit.highest().compareTo(Publication.HIGHEST_ROYALTY) > 0) {
            fault(
                    "/price/unit/max",
                    "The most units of a call cost " + unit.highest() + " credits; expected at most "
                            + Publication.HIGHEST_ROYALTY);
        } else if (unit.highest().isZero()) {
            fault("/price/unit/credits", "Even the most units of a call cost nothing");
        }
        return unit;
    }

    private Credits credits(String pointer, String what) {
        try {
            return Credits.parse(yaml.root().at(pointer).asText("0"));
        } catch (IllegalArgumentException e) {
            fault(pointer, "The " + what + " has more than six decimal places");
            return Credits.ZERO;
        }
    }

    private void fault(String pointer, String message) {
        faults.add(new FieldError(yaml.where(pointer), message));
    }
}
