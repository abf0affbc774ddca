package io.algomat.workers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Programs of the host that the gateway asks about themselves, with its own environment. */
final class HostProgram {
    private static final int SECONDS = 30;

    private HostProgram() {}

    /** Its path by the gateway's PATH. */
    static Optional<Path> find(String name) {
        String path = System.getenv().getOrDefault("PATH", SandboxCommand.SPAWN_PATH);
        return Stream.of(path.split(":"))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** The folder that a program's {@code bin} lies in, with every link followed. */
    static Path home(Path program) throws IOException {
        Path bin = program.toRealPath().getParent();
        Path home = bin == null ? null : bin.getParent();
        if (home == null) {
            throw new IOException(program + " does not lie in a bin folder");
        }
        return home;
    }

    /**
     * What a program prints.
     *
     * @throws BuildFailed when it does not end well within half a minute
     */
    static String ask(Path folder, List<String> command) throws BuildFailed {
        try {
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            CompletableFuture<Void> limit = CompletableFuture.runAsync(
                    process::destroyForcibly, CompletableFuture.delayedExecutor(SECONDS, TimeUnit.SECONDS));
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int status = process.waitFor();
            limit.cancel(false);
            if (status != 0) {
                throw new BuildFailed(command.getFirst() + " does not tell its settings (exit status " + status + ")");
            }
            return said;
        } catch (IOException e) {
            throw new BuildFailed(command.getFirst() + " cannot be run: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BuildFailed("The gateway is stopping");
        }
    }
}
