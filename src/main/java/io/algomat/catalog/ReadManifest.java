package io.algomat.catalog;

import io.algomat.platform.Problem;
import io.algomat.platform.Problem.FieldError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Reads {@code algomat.yaml} and holds it against its JSON Schema and the files of its bundle. */
final class ReadManifest {
    private static final int LARGEST_MANIFEST = 256 << 10;
    private static final int LARGEST_README = 200_000;
    private static final Duration USUAL_TIMEOUT = Duration.ofSeconds(60);

    private final BundleFiles files;
    private final LocatedYaml yaml;
    private final List<FieldError> faults = new ArrayList<>();

    private ReadManifest(BundleFiles files, LocatedYaml yaml) {
        this.files = files;
        this.yaml = yaml;
    }

    /** @throws Problem invalid, with every fault's file and line */
    static Manifest of(BundleFiles files) {
        if (files.find(Manifest.FILE).isEmpty()) {
            throw Problem.invalid(
                    Manifest.FILE, "There is no algomat.yaml at the top of the bundle; expected the manifest there");
        }
        return new ReadManifest(files, yaml(files)).manifest();
    }

    /** The file and line on which the manifest says something, for faults that are found later. */
    static String where(BundleFiles files, String pointer) {
        return yaml(files).where(pointer);
    }

    private static LocatedYaml yaml(BundleFiles files) {
        return LocatedYaml.read(Manifest.FILE, files.text(Manifest.FILE, LARGEST_MANIFEST));
    }

    private Manifest manifest() {
        for (JsonSchemas.Fault fault : ManifestSchema.faults(yaml.root())) {
            fault(fault.pointer(), fault.message());
        }
        refuseFaults();
        checkSchemas("/input");
        checkSchemas("/output");
        refuseFaults();
        String[] path = text("/algorithm").split("/");
        Program program = ReadProgram.of(files, yaml, faults);
        ReadPrice price = new ReadPrice(yaml, faults);
        Manifest manifest = new Manifest(
                path[0],
                path[1],
                text("/title").strip(),
                text("/tag_line").strip(),
                texts("/categories"),
                texts("/tags"),
                text("/licence").strip(),
                readme(),
                program,
                new Amounts(yaml, faults).duration("/timeout", USUAL_TIMEOUT),
                yaml.root().at("/input").toString(),
                yaml.root().at("/output").toString(),
                ReadSamples.of(yaml, files, faults),
                price.royalty(),
                price.unit(program));
        refuseFaults();
        return manifest;
    }

    private void refuseFaults() {
        if (!faults.isEmpty()) {
            String count = faults.size() == 1 ? "one fault" : faults.size() + " faults";
            throw Problem.invalid("The bundle has " + count + ".", faults);
        }
    }

    private void fault(String pointer, String message) {
        faults.add(new FieldError(yaml.where(pointer), message));
    }

    private void checkSchemas(String pointer) {
        for (JsonSchemas.Fault fault : JsonSchemas.checkSchema(yaml.root().at(pointer))) {
            fault(pointer + fault.pointer(), "This is no JSON Schema: " + fault.message());
        }
    }

    private String readme() {
        String name = yaml.root().path("readme").asText("README.md");
        if (files.find(name).isEmpty()) {
            fault(
                    "/readme",
                    "There is no file '" + EntryNames.shown(name) + "' in the bundle; expected the Markdown page");
            return "";
        }
        try {
            return files.text(name, LARGEST_README);
        } catch (Problem wrong) {
            faults.addAll(wrong.errors());
            return "";
        }
    }

    private String text(String pointer) {
        return yaml.root().at(pointer).asText();
    }

    private List<String> texts(String pointer) {
        List<String> texts = new ArrayList<>();
        yaml.root().at(pointer).forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
