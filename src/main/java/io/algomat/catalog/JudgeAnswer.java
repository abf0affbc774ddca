package io.algomat.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import io.algomat.platform.Payload;
import io.algomat.platform.Problem;
import java.util.List;
import java.util.Optional;

/** Holds a sample's answer against the output's schema and against what the sample expects. */
final class JudgeAnswer {
    private JudgeAnswer() {}

    /** What may be kept and shown of an answer: bytes that only claim to be JSON are shown as text. */
    static Payload shown(Payload output) {
        try {
            SampleInput.judged("the output", output);
            return output;
        } catch (Problem notJson) {
            return new Payload(Payload.Kind.TEXT, output.bytes());
        }
    }

    /** @return why it does not pass; empty when it does */
    static String of(Manifest manifest, Manifest.Sample sample, Payload output) {
        try {
            return SampleInput.judged("the output", output)
                    .map(value -> judge(manifest, sample, value))
                    .orElse("");
        } catch (Problem notJson) {
            return "The output says that it is JSON, but it is not";
        }
    }

    private static String judge(Manifest manifest, Manifest.Sample sample, JsonNode output) {
        List<JsonSchemas.Fault> faults =
                JsonSchemas.check(SampleInput.parse(Manifest.FILE, manifest.outputSchema()), output);
        if (!faults.isEmpty()) {
            JsonSchemas.Fault first = faults.getFirst();
            return ("The output is not what 'output' describes: " + first.pointer() + " " + first.message())
                    .replace(":  ", ": ");
        }
        return Optional.ofNullable(sample.expected())
                .map(expected -> new Expectation(SampleInput.parse(Manifest.FILE, expected), sample.tolerance()))
                .flatMap(expectation -> expectation.difference(output))
                .orElse("");
    }
}
