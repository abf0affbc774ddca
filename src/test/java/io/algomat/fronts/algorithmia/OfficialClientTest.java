package io.algomat.fronts.algorithmia;

import io.algomat.testing.Accounts;
import io.algomat.testing.PublishedEcho;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Algorithmia's own Java client 1.0.16, unchanged, on the gson that it asks for. */
@QuarkusTest
class OfficialClientTest {
    private static final Path GSON = Path.of("target/official-client/gson-2.6.2.jar");

    private static Map<String, String> setting;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "itPipesText",
                "itPipesJsonAndObjects",
                "itPipesBytes",
                "anAlgorithmsErrorIsAFailureWithItsMessage",
                "whatThePlatformRefusesIsAnApiExceptionWithItsWords"
            })
    void theOfficialClientWorksUnchanged(String method) throws Exception {
        if (setting == null) {
            setting = Map.of(
                    "address", "http://localhost:" + RestAssured.port,
                    "key", Accounts.user("client").key(),
                    "echo", new PublishedEcho().publish().path(),
                    "slow", new PublishedEcho().delayMillis(30_000).publish().path());
        }
        try (ClientLoader loader = new ClientLoader()) {
            Class<?> program = loader.loadClass(OfficialClientProgram.class.getName());
            program.getMethod("run", String.class, Map.class).invoke(null, method, setting);
        }
    }

    /** Loads the client, the program on it and its own gson afresh; everything else comes from the test. */
    private static final class ClientLoader extends URLClassLoader {
        private ClientLoader() throws MalformedURLException {
            super(new URL[] {GSON.toUri().toURL()}, OfficialClientTest.class.getClassLoader());
            if (!Files.exists(GSON)) {
                throw new IllegalStateException(GSON + " is missing; the Maven build puts it there");
            }
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            Class<?> loaded = findLoadedClass(name);
            if (loaded != null) {
                return loaded;
            }
            if (name.startsWith("com.google.gson.")) {
                return findClass(name);
            }
            if (name.startsWith("com.algorithmia.") || name.startsWith(OfficialClientProgram.class.getName())) {
                return copy(name);
            }
            return super.loadClass(name, resolve);
        }

        private Class<?> copy(String name) throws ClassNotFoundException {
            try (InputStream code = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
                if (code == null) {
                    throw new ClassNotFoundException(name);
                }
                byte[] bytes = code.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }
}
