package io.algomat.workers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A CPython of this machine and how a sandbox sees it; builds and workers find the same one.
 *
 * @param program its file on the host
 * @param version such as {@code 3.11}
 * @param environment what it needs to find its own library
 */
record PythonHome(Path program, String version, List<Mount> mounts, Map<String, String> environment) {
    /** In a build's result: the version that it was made with, for which alone compiled packages are good. */
    static final String MARK = ".python-version";

    private static final String INSIDE = "/python";
    private static final Pattern NAME = Pattern.compile("python(3\\.(\\d+))");
    private static final int OLDEST = 8;

    /** @param version as the manifest asks for it, or null for the machine's usual one */
    static PythonHome find(@Nullable String version) throws MissingRuntime, IOException {
        for (Path program : candidates(version)) {
            Path real = program.toRealPath();
            String name = real.getFileName().toString();
            Matcher known = NAME.matcher(name);
            Path prefix = HostProgram.home(program);
            if (known.matches()
                    && Integer.parseInt(known.group(2)) >= OLDEST
                    && Files.isDirectory(prefix.resolve("lib").resolve(name))) {
                return new PythonHome(real, known.group(1), mounts(real, prefix, name), environment(prefix));
            }
        }
        throw new MissingRuntime(
                "CPython " + (version == null ? "3." + OLDEST + " or later" : version),
                "set 'python' in the manifest to a version that is, or ask the operator");
    }

    /** For code with what its build made of its dependencies. */
    static PythonHome of(Map<String, String> options, @Nullable Path dependencies) throws MissingRuntime, IOException {
        Path mark = dependencies == null ? null : dependencies.resolve(MARK);
        boolean built = mark != null && Files.isRegularFile(mark);
        return find(built ? Files.readString(mark).strip() : options.get("python"));
    }

    /** The program as the inside of a sandbox names it. */
    String seen() {
        return INSIDE + "/bin/" + program.getFileName();
    }

    private static List<Mount> mounts(Path real, Path prefix, String name) {
        return prefix.equals(Path.of("/usr"))
                ? List.of(
                        Mount.readOnly(real, INSIDE + "/bin/" + name),
                        Mount.readOnly(prefix.resolve("lib").resolve(name), INSIDE + "/lib/" + name))
                : List.of(Mount.readOnly(prefix, INSIDE));
    }

    /** One built with a shared library looks for it where it was built, which a sandbox does not have. */
    private static Map<String, String> environment(Path prefix) {
        boolean shared = !prefix.equals(Path.of("/usr")) && Files.exists(prefix.resolve("lib/libpython3.so"));
        return shared ? Map.of("LD_LIBRARY_PATH", INSIDE + "/lib") : Map.of();
    }

    private static List<Path> candidates(@Nullable String version) throws IOException {
        String name = "python" + (version == null ? "3" : version);
        List<Path> found = new ArrayList<>(List.of(Path.of("/usr/bin", name), Path.of("/usr/local/bin", name)));
        Path versions = Path.of(System.getProperty("user.home"), ".pyenv/versions");
        if (Files.isDirectory(versions)) {
            try (Stream<Path> homes = Files.list(versions)) {
                homes.sorted().map(home -> home.resolve("bin").resolve(name)).forEach(found::add);
            }
        }
        HostProgram.find(name).ifPresent(found::add);
        return found.stream().filter(Files::isExecutable).toList();
    }
}
