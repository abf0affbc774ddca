package io.algomat.platform.start;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Settings that lie in files: {@code ALGOMAT_X_FILE=/run/secrets/x} is {@code ALGOMAT_X} with the file's text, so that a
 * secret stands in no environment, which children inherit and process lists may show. Read by {@link Main} alone: a build
 * that runs in the same environment must not write secrets into the program.
 */
final class SettingFiles {
    private static final String OURS = "ALGOMAT_";
    private static final String SUFFIX = "_FILE";

    private static volatile Map<String, String> values = Map.of();

    private SettingFiles() {}

    /** By the names of the environment, without {@code _FILE}; empty before {@link #load}. */
    static Map<String, String> values() {
        return values;
    }

    /** @throws StartFailure for files that cannot be read, and settings that are given twice, all of them */
    static void load(Map<String, String> environment) throws StartFailure {
        Map<String, String> found = new HashMap<>();
        List<String> faults = new ArrayList<>();
        for (Map.Entry<String, String> variable : environment.entrySet()) {
            String name = variable.getKey();
            if (name.startsWith(OURS) && name.endsWith(SUFFIX)) {
                String setting = name.substring(0, name.length() - SUFFIX.length());
                if (environment.containsKey(setting)) {
                    faults.add(setting + " and " + name + " are both set: take one away.");
                }
                read(name, variable.getValue(), faults, found, setting);
            }
        }
        if (!faults.isEmpty()) {
            throw new StartFailure("Settings", String.join(" ", faults));
        }
        values = Map.copyOf(found);
    }

    private static void read(String name, String file, List<String> faults, Map<String, String> found, String setting) {
        try {
            // Editors and echo end a file with a line break; no secret of ours does.
            String text = Files.readString(Path.of(file)).replaceFirst("\\R$", "");
            if (text.isEmpty()) {
                faults.add(name + " names " + file + ", which is empty.");
            }
            found.put(setting, text);
        } catch (IOException | IllegalArgumentException e) {
            faults.add(name + " names " + file + ", which cannot be read ("
                    + e.getClass().getSimpleName() + ").");
        }
    }
}
