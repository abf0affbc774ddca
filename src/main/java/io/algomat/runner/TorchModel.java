package io.algomat.runner;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import java.io.IOException;
import java.nio.file.Path;

/** Loads TorchScript models. The gateway puts PyTorch on the class path only of workers whose version asks for it. */
final class TorchModel {
    private static final String ENDING = ".pt";

    private TorchModel() {}

    static Model load(Path file) throws LoadException {
        String name = file.getFileName().toString();
        if (!name.endsWith(ENDING)) {
            throw new LoadException("'" + name + "' is no TorchScript file; expected a name that ends in .pt");
        }
        Model model = null;
        try {
            model = Model.newInstance(name, Device.cpu(), "PyTorch");
            model.load(file.getParent(), name.substring(0, name.length() - ENDING.length()));
            return model;
        } catch (IOException | MalformedModelException | RuntimeException | LinkageError e) {
            if (model != null) {
                model.close();
            }
            throw new LoadException(
                    "'" + name + "' is no model that PyTorch can load as TorchScript: " + firstLine(e), e);
        }
    }

    /** PyTorch's messages go on for pages, with its own stack. */
    private static String firstLine(Throwable e) {
        return OnnxModel.innermost(e).lines().findFirst().orElse("");
    }
}
