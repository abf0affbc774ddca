package io.algomat.workers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Installs {@code requirements.txt} by pip, run by the interpreter that the version will run on. */
final class PythonBuild {
    static final String REQUIREMENTS = "requirements.txt";

    private PythonBuild() {}

    static boolean needed(Path bundle) throws IOException {
        Path requirements = bundle.resolve(REQUIREMENTS);
        return Files.isRegularFile(requirements)
                && Files.readString(requirements).lines().map(String::strip).anyMatch(PythonBuild::installs);
    }

    private static boolean installs(String line) {
        return !line.isEmpty() && !line.startsWith("#");
    }

    static List<BuildStep> steps(PythonHome python, PipSettings pip) {
        String program = python.seen();
        List<Mount> mounts = new ArrayList<>(python.mounts());
        mounts.addAll(pip.mounts());
        Map<String, String> environment = new HashMap<>(python.environment());
        environment.putAll(pip.environment());
        List<String> install = List.of(
                program,
                "-B",
                "-m",
                "pip",
                "install",
                "--target",
                SandboxCommand.DEPENDENCIES,
                "--no-compile",
                "--no-input",
                "--no-color",
                "--progress-bar",
                "off",
                "--disable-pip-version-check",
                "--no-warn-script-location",
                "--root-user-action=ignore",
                "-r",
                SandboxCommand.ARTIFACT + "/" + REQUIREMENTS);
        // By content, not by time: the frozen tree has no times, and equal packages give equal bytes.
        List<String> compile = List.of(
                program,
                "-B",
                "-m",
                "compileall",
                "-q",
                "-j",
                "1",
                "--invalidation-mode",
                "unchecked-hash",
                SandboxCommand.DEPENDENCIES);
        return List.of(
                new BuildStep("Installing " + REQUIREMENTS + " with pip", install, mounts, environment, pip.hosts()),
                new BuildStep(
                        "Compiling the packages", tolerant(compile), python.mounts(), python.environment(), Set.of()));
    }

    /** Packages may hold files for other versions of Python, which do not compile; they are not meant to. */
    private static List<String> tolerant(List<String> program) {
        List<String> command = new ArrayList<>(program.subList(0, 2));
        command.addAll(
                List.of(
                        "-c",
                        "import runpy, sys\nsys.argv = sys.argv[1:]\ntry:\n  runpy.run_module('compileall', None, '__main__')\nexcept SystemExit:\n  pass"));
        command.addAll(program.subList(3, program.size()));
        return command;
    }
}
