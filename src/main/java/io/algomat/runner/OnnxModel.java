package io.algomat.runner;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Loads ONNX graphs. */
final class OnnxModel {
    private OnnxModel() {}

    /** One thread: a machine's processors are filled by workers, not by threads that a worker would spin with. */
    static Model load(Path file) throws LoadException {
        String name = file.getFileName().toString();
        if (!name.endsWith(".onnx")) {
            throw new LoadException("'" + name + "' is no ONNX file; expected a name that ends in .onnx");
        }
        Model model = Model.newInstance(name, Device.cpu(), "OnnxRuntime");
        try {
            model.load(
                    file.getParent(),
                    name.substring(0, name.length() - ".onnx".length()),
                    Map.of("intraOpNumThreads", "1", "interOpNumThreads", "1"));
            return model;
        } catch (IOException | MalformedModelException | RuntimeException e) {
            model.close();
            throw new LoadException("'" + name + "' is no model that ONNX Runtime can load: " + innermost(e), e);
        }
    }

    static Set<String> inputNames(Model model) {
        return new LinkedHashSet<>(model.describeInput().keys());
    }

    static String innermost(Throwable e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage());
    }
}
