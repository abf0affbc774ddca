package io.algomat.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import io.algomat.platform.Problem;
import io.algomat.platform.Problem.FieldError;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads a manifest's samples: their files must be there, and their inputs must be what the input's schema says. */
final class ReadSamples {
    private final LocatedYaml yaml;
    private final BundleFiles files;
    private final List<FieldError> faults;

    private ReadSamples(LocatedYaml yaml, BundleFiles files, List<FieldError> faults) {
        this.yaml = yaml;
        this.files = files;
        this.faults = faults;
    }

    /** @param faults takes in what is wrong */
    static List<Manifest.Sample> of(LocatedYaml yaml, BundleFiles files, List<FieldError> faults) {
        ReadSamples reading = new ReadSamples(yaml, files, faults);
        List<Manifest.Sample> samples = new ArrayList<>();
        for (JsonNode sample : yaml.root().path("samples")) {
            samples.add(reading.sample(sample, "/samples/" + samples.size()));
        }
        return samples;
    }

    private Manifest.Sample sample(JsonNode node, String pointer) {
        JsonNode inline = node.get("input");
        Manifest.Sample sample = new Manifest.Sample(
                node.path("name").asText().strip(),
                node.path("file").textValue(),
                inline == null ? null : inline.toString(),
                node.has("expect") ? node.get("expect").toString() : null,
                node.path("tolerance").asDouble(0));
        if ((sample.fileName() == null) == (inline == null)) {
            fault(pointer, "A sample has exactly one of 'input' and 'file'");
        } else if (sample.fileName() != null && files.find(sample.fileName()).isEmpty()) {
            fault(pointer + "/file", "There is no file '" + EntryNames.shown(sample.fileName()) + "' in the bundle");
        } else {
            checkInput(sample, sample.fileName(), pointer + "/input");
        }
        return sample;
    }

    private void checkInput(Manifest.Sample sample, @Nullable String file, String pointer) {
        try {
            Optional<JsonNode> value =
                    SampleInput.judged(file == null ? Manifest.FILE : file, SampleInput.of(files, sample));
            for (JsonSchemas.Fault fault : value.map(this::faultsByInputSchema).orElse(List.of())) {
                String what = "The sample is not what 'input' describes: " + fault.pointer() + " " + fault.message();
                String where = file == null ? yaml.where(pointer + fault.pointer()) : file;
                faults.add(new FieldError(where, what.replace(":  ", ": ")));
            }
        } catch (Problem wrong) {
            faults.addAll(wrong.errors());
        }
    }

    private List<JsonSchemas.Fault> faultsByInputSchema(JsonNode value) {
        return JsonSchemas.check(yaml.root().path("input"), value);
    }

    private void fault(String pointer, String message) {
        faults.add(new FieldError(yaml.where(pointer), message));
    }
}
