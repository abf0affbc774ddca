package io.algomat.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import io.algomat.platform.Problem.FieldError;
import io.algomat.workers.Device;
import io.algomat.workers.Limits;
import io.algomat.workers.Reuse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what a manifest says of its runtime, and holds it against the files of the bundle. */
final class ReadProgram {
    /** How a version of a language is wished for: {@code 3.11}, {@code 20}. */
    private static final Map<String, Pattern> LANGUAGES =
            Map.of("python", Pattern.compile("3\\.([89]|[1-9][0-9])"), "node", Pattern.compile("2[0-9]|[3-9][0-9]"));

    private static final Map<String, String> EXAMPLES =
            Map.of("python", "3.8 or later, such as 3.11", "node", "20 or later, such as 22");
    private static final Pattern CLASS_NAME = Pattern.compile("([A-Za-z_$][A-Za-z0-9_$]*\\.)*[A-Za-z_$][A-Za-z0-9_$]*");
    private static final int MOST_PROCESSES = 1024;

    private final BundleFiles files;
    private final LocatedYaml yaml;
    private final Amounts amounts;
    private final List<FieldError> faults;
    private final String runtime;

    private ReadProgram(BundleFiles files, LocatedYaml yaml, List<FieldError> faults) {
        this.files = files;
        this.yaml = yaml;
        this.amounts = new Amounts(yaml, faults);
        this.faults = faults;
        this.runtime = yaml.root().path("runtime").asText(Program.DJL);
    }

    /** @param faults takes in what is wrong */
    static Program of(BundleFiles files, LocatedYaml yaml, List<FieldError> faults) {
        return new ReadProgram(files, yaml, faults).program();
    }

    private Program program() {
        boolean code = !runtime.equals(Program.DJL) && !runtime.equals(Program.PIPELINE);
        String task = task(code);
        if (!code && device().equals(Device.GPU)) {
            // Its libraries are those for processors: it would be priced as a GPU, and compute on none.
            fault(
                    yaml.root().has("device") ? "/device" : "/hardware",
                    "The runtime " + runtime + " computes on processors; expected cpu, or code (python, node, java)");
        }
        Pipeline pipeline = pipeline();
        return new Program(
                runtime,
                task,
                options(),
                device(),
                reuse(code),
                limits(),
                retrySafe(code),
                pipeline == null ? texts("calls") : pipeline.calls(),
                pipeline);
    }

    private @Nullable Pipeline pipeline() {
        if (runtime.equals(Program.PIPELINE)) {
            refuse("entry", "'entry' is for code; a pipeline has 'steps'");
            refuse("calls", "A pipeline's 'steps' say what it calls; 'calls' is for code");
            return ReadPipeline.of(yaml, faults);
        }
        refuse("steps", "'steps' are for the runtime pipeline; this algorithm's is " + runtime);
        refuse("answer", "'answer' is for the runtime pipeline; this algorithm's is " + runtime);
        return null;
    }

    private String task(boolean code) {
        if (runtime.equals(Program.DJL)) {
            refuse("entry", "'entry' is for code; a djl algorithm has a 'task'");
            return required(
                    "task", "a 'task' such as text-embedding; or set 'runtime' to python, node or java for code");
        }
        refuse("task", "'task' is for the djl runtime; code has an 'entry'");
        return code ? entry() : runtime;
    }

    private String entry() {
        boolean java = runtime.equals("java");
        String entry = required(
                "entry",
                java
                        ? "the class that answers, such as com.example.Hello"
                        : "the file that answers, such as src/Hello." + (runtime.equals("python") ? "py" : "js"));
        if (entry.isEmpty()) {
            return entry;
        }
        if (java && !CLASS_NAME.matcher(entry).matches()) {
            fault(
                    "/entry",
                    "'" + EntryNames.shown(entry) + "' is no class name; expected one such as com.example.Hello");
        } else if (!java && files.find(entry).isEmpty()) {
            fault("/entry", "There is no file '" + EntryNames.shown(entry) + "' in the bundle");
        }
        return entry;
    }

    private String required(String field, String expected) {
        String value = yaml.root().path(field).asText("");
        if (value.isEmpty()) {
            fault("/runtime", "There is no '" + field + "'; expected " + expected);
        }
        return value;
    }

    private void refuse(String field, String message) {
        if (yaml.root().has(field)) {
            fault("/" + field, message);
        }
    }

    private Map<String, String> options() {
        Map<String, String> options = new LinkedHashMap<>();
        yaml.root()
                .path("options")
                .properties()
                .forEach(e -> options.put(e.getKey(), e.getValue().asText()));
        if (yaml.root().has("largest_batch")) {
            options.put("largest_batch", yaml.root().path("largest_batch").asText());
        }
        LANGUAGES.forEach((language, form) -> language(language, form, options));
        return options;
    }

    private void language(String language, Pattern form, Map<String, String> options) {
        if (!yaml.root().has(language)) {
            return;
        }
        String version = yaml.root().path(language).asText();
        if (!runtime.equals(language)) {
            fault("/" + language, "'" + language + "' is for the runtime of this name; this algorithm's is " + runtime);
        } else if (!form.matcher(version).matches()) {
            fault(
                    "/" + language,
                    "'" + EntryNames.shown(version) + "' cannot be had; expected " + EXAMPLES.get(language));
        } else {
            options.put(language, version);
        }
    }

    private String device() {
        String device = yaml.root().path("device").asText("");
        String hardware = yaml.root().path("hardware").asText("");
        if (!device.isEmpty() && !hardware.isEmpty() && !device.equals(hardware)) {
            fault("/hardware", "'hardware' and 'device' differ; expected one of them");
        }
        return !device.isEmpty() ? device : !hardware.isEmpty() ? hardware : "cpu";
    }

    private Reuse reuse(boolean code) {
        String reuse = yaml.root().path("reuse").asText("");
        return reuse.isEmpty() ? code ? Reuse.PER_CALLER : Reuse.SHARED : Reuse.ofWire(reuse);
    }

    private Limits limits() {
        JsonNode wanted = yaml.root().path("limits");
        Limits usual = Limits.of(amounts.bytes("/memory", 512L << 20));
        Duration cpu = amounts.duration("/limits/cpu", usual.cpu());
        long temporary = amounts.bytes("/limits/temporary", usual.temporaryBytes());
        int processes = wanted.path("processes").asInt(usual.processes());
        if (processes > MOST_PROCESSES) {
            fault("/limits/processes", processes + " are too many; expected at most " + MOST_PROCESSES);
        }
        return new Limits(
                usual.memoryBytes(),
                gpuBytes(usual.memoryBytes()),
                cpu,
                temporary,
                processes,
                usual.openFiles(),
                usual.logBytes());
    }

    /** A model goes through the machine's memory into the GPU's, so the one is a fair guess of the other. */
    private long gpuBytes(long memory) {
        boolean gpu = device().equals(Device.GPU);
        if (!gpu && yaml.root().has("gpu_memory")) {
            fault("/gpu_memory", "'gpu_memory' is for algorithms on a GPU; set 'hardware: gpu', or leave it out");
        }
        return gpu ? amounts.bytes("/gpu_memory", memory) : 0;
    }

    private boolean retrySafe(boolean code) {
        return yaml.root().path("retry_safe").asBoolean(!code);
    }

    private List<String> texts(String field) {
        List<String> texts = new ArrayList<>();
        yaml.root().path(field).forEach(text -> texts.add(text.asText()));
        return texts;
    }

    private void fault(String pointer, String message) {
        faults.add(new FieldError(yaml.where(pointer), message));
    }
}
