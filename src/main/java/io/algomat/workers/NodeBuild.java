package io.algomat.workers;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Installs {@code package.json} by npm, without development dependencies. No package's scripts are run: they are the
 * usual way of an attack, and a sandbox has neither shell nor compiler for them.
 */
final class NodeBuild {
    static final String PACKAGE = "package.json";
    static final String LOCK = "package-lock.json";

    private NodeBuild() {}

    /** A bundle that brings its own node_modules is used as it is. */
    static boolean needed(Path bundle) throws IOException, BuildFailed {
        Path file = bundle.resolve(PACKAGE);
        if (!Files.isRegularFile(file) || Files.isDirectory(bundle.resolve("node_modules"))) {
            return false;
        }
        try {
            JsonNode json = new ObjectMapper().readTree(Files.readString(file));
            return !json.path("dependencies").isEmpty()
                    || !json.path("optionalDependencies").isEmpty();
        } catch (JsonProcessingException e) {
            throw new BuildFailed(
                    PACKAGE + ":" + e.getLocation().getLineNr() + " is not JSON: " + e.getOriginalMessage());
        }
    }

    static List<BuildStep> steps(BuildFolders folders, List<Mount> runtime, NpmSettings npm) throws IOException {
        Files.copy(folders.bundle().resolve(PACKAGE), folders.result().resolve(PACKAGE));
        boolean locked = Files.isRegularFile(folders.bundle().resolve(LOCK));
        if (locked) {
            Files.copy(folders.bundle().resolve(LOCK), folders.result().resolve(LOCK));
        }
        List<Mount> mounts = new ArrayList<>(runtime);
        mounts.addAll(npm.mounts());
        List<String> program = List.of(
                "/node/bin/node",
                "/tools/npm/bin/npm-cli.js",
                locked ? "ci" : "install",
                "--prefix",
                SandboxCommand.DEPENDENCIES,
                "--omit=dev",
                "--ignore-scripts",
                "--no-bin-links",
                "--no-audit",
                "--no-fund",
                "--no-update-notifier",
                "--no-progress",
                "--no-color");
        return List.of(new BuildStep(
                "Installing " + (locked ? LOCK : PACKAGE) + " with npm",
                program,
                mounts,
                npm.environment(),
                npm.hosts()));
    }

    /** What only the installation needed. */
    static void tidy(Path result) throws IOException {
        Files.deleteIfExists(result.resolve(PACKAGE));
        Files.deleteIfExists(result.resolve(LOCK));
    }
}
