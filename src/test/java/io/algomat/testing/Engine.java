package io.algomat.testing;

import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.utility.DockerImageName;

/**
 * Whether a container engine answers here: Docker's socket, or Podman's with {@code DOCKER_HOST} naming it. Asked once in
 * each JVM, and told in one line.
 */
public final class Engine {
    private static final boolean ANSWERS = ask();

    private Engine() {}

    public static boolean answers() {
        return ANSWERS;
    }

    /** The image that a variable of docker-compose.yml names, or the one that stands there. */
    public static DockerImageName image(String variable, String usual) {
        return DockerImageName.parse(
                Optional.ofNullable(System.getenv(variable)).orElse(usual));
    }

    private static boolean ask() {
        // It tells at length, as an error, of each socket that it did not find.
        Logger loud = Logger.getLogger("org.testcontainers");
        Level before = loud.getLevel();
        loud.setLevel(Level.OFF);
        boolean answers;
        try {
            answers = DockerClientFactory.instance().isDockerAvailable();
        } finally {
            loud.setLevel(before);
        }
        System.out.println(
                answers
                        ? "A container engine answers: the tests' servers are containers."
                        : "No container engine answers: the tests' servers are embedded ones.");
        return answers;
    }
}
