package io.algomat.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.MountableFile;

/**
 * The real Keycloak on a loopback port, with {@code deploy/keycloak/realm.json} and nothing else: a container where an engine
 * answers, and elsewhere its program, which is copied out of the cache that {@code ./algomat test} filled, since it writes
 * into its own folder.
 */
public final class Keycloak implements AutoCloseable {
    public static final String PASSWORD = "password of the tests alone";
    private static final String VERSION = "26.7.3";
    private static final String ADMIN = "admin";
    private static final Path REALM = Path.of("deploy/keycloak/realm.json");
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final HttpClient http = HttpClient.newHttpClient();
    private final ObjectMapper json = new ObjectMapper();
    private final int port;
    private final Server server;

    /** How it runs here. */
    private interface Server {
        boolean runs();

        /** As {@code kill -9}; a second time it does nothing. */
        void kill() throws InterruptedException;
    }

    /**
     * @param site where the realm expects Algomat
     * @param secret of the realm's client
     */
    public static Keycloak start(Path folder, int port, String site, String secret) throws Exception {
        List<String> options =
                List.of("start-dev", "--import-realm", "--db=dev-mem", "--http-host=127.0.0.1", "--http-port=" + port);
        Map<String, String> environment = Map.of(
                "JAVA_OPTS_KC_HEAP", "-Xms64m -Xmx512m",
                "KC_BOOTSTRAP_ADMIN_USERNAME", ADMIN,
                "KC_BOOTSTRAP_ADMIN_PASSWORD", PASSWORD,
                "ALGOMAT_OIDC_CLIENT_SECRET", secret,
                "ALGOMAT_PUBLIC_URL", site,
                "BACKCHANNEL_URL", site);
        Keycloak keycloak = new Keycloak(
                port, Engine.answers() ? contained(options, environment) : program(folder, options, environment));
        try {
            keycloak.awaitRealm(folder.resolve("keycloak.log").toFile());
            return keycloak;
        } catch (Exception | Error failure) {
            keycloak.kill();
            throw failure;
        }
    }

    private Keycloak(int port, Server server) {
        this.port = port;
        this.server = server;
    }

    private static Server contained(List<String> options, Map<String, String> environment) {
        GenericContainer<?> container = new GenericContainer<>(Engine.image("KEYCLOAK_IMAGE", "keycloak/keycloak:26.7"))
                // On this machine's own loopback, where the gateway and the browser are: it calls the gateway as well.
                .withNetworkMode("host")
                .withEnv(environment)
                .withCopyFileToContainer(MountableFile.forHostPath(REALM, 0444), "/opt/keycloak/data/import/realm.json")
                .withCommand(options.toArray(String[]::new));
        container.start();
        return new Server() {
            @Override
            public boolean runs() {
                return container.isRunning();
            }

            @Override
            public void kill() {
                if (container.isRunning()) {
                    container
                            .getDockerClient()
                            .killContainerCmd(container.getContainerId())
                            .exec();
                }
                container.stop();
            }
        };
    }

    private static Server program(Path folder, List<String> options, Map<String, String> environment)
            throws IOException {
        Path home = folder.resolve("keycloak");
        copy(cached(), home);
        Path realms = Files.createDirectories(home.resolve("data/import"));
        Files.copy(REALM, realms.resolve("realm.json"));
        ProcessBuilder start =
                new ProcessBuilder("sh", home.resolve("bin/kc.sh").toString());
        start.command().addAll(options);
        start.redirectErrorStream(true)
                .redirectOutput(folder.resolve("keycloak.log").toFile());
        start.environment().putAll(environment);
        start.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process = start.start();
        return new Server() {
            @Override
            public boolean runs() {
                return process.isAlive();
            }

            @Override
            public void kill() throws InterruptedException {
                List<ProcessHandle> all = Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                        .toList();
                all.forEach(ProcessHandle::destroyForcibly);
                process.waitFor(30, TimeUnit.SECONDS);
            }
        };
    }

    private static Path cached() {
        String caches = System.getenv("XDG_CACHE_HOME");
        Path cache = caches == null ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(caches);
        Path home = cache.resolve("algomat/keycloak-" + VERSION);
        if (!Files.isDirectory(home)) {
            throw new IllegalStateException("There is no Keycloak in " + home + "; ./algomat test fetches one.");
        }
        return home;
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> paths = Files.walk(from)) {
            for (Path path : (Iterable<Path>) paths::iterator) {
                Files.copy(path, to.resolve(from.relativize(path)));
            }
        }
    }

    private void awaitRealm(File log) {
        Awaitility.await("Keycloak, see " + log)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(250))
                .ignoreExceptions()
                .failFast("Keycloak runs, see " + log, () -> !server.runs())
                .until(() -> get(url() + "/.well-known/openid-configuration").statusCode() == 200);
    }

    /** The issuer's address. */
    public String url() {
        return origin() + "/realms/algomat";
    }

    public String origin() {
        return "http://127.0.0.1:" + port;
    }

    /** Gives one of the realm's users the password of the tests. */
    public void password(String user) throws Exception {
        HttpResponse<String> set = http.send(
                admin("/users/" + id(user) + "/reset-password")
                        .header("Content-Type", "application/json")
                        .PUT(HttpRequest.BodyPublishers.ofString(json.writeValueAsString(
                                Map.of("type", "password", "value", PASSWORD, "temporary", false))))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(set.statusCode()).as(set.body()).isEqualTo(204);
    }

    /** Ends all sessions of a user, as the administrator's console does. */
    public void endSessions(String user) throws Exception {
        HttpResponse<String> ended = http.send(
                admin("/users/" + id(user) + "/logout")
                        .POST(HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(ended.statusCode()).as(ended.body()).isEqualTo(204);
    }

    private String id(String user) throws Exception {
        HttpRequest find = admin("/users?exact=true&username=" + user).build();
        return json.readTree(
                        http.send(find, HttpResponse.BodyHandlers.ofString()).body())
                .get(0)
                .get("id")
                .asText();
    }

    private HttpRequest.Builder admin(String path) throws Exception {
        JsonNode token = form(
                origin() + "/realms/master/protocol/openid-connect/token",
                Map.of("grant_type", "password", "client_id", "admin-cli", "username", ADMIN, "password", PASSWORD));
        return HttpRequest.newBuilder(URI.create(origin() + "/admin/realms/algomat" + path))
                .header("Authorization", "Bearer " + token.get("access_token").asText());
    }

    /** What Keycloak answers to a form. */
    public JsonNode form(String address, Map<String, String> fields) throws Exception {
        String body = fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .reduce((one, other) -> one + "&" + other)
                .orElse("");
        HttpRequest request = HttpRequest.newBuilder(URI.create(address))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return json.readTree(
                http.send(request, HttpResponse.BodyHandlers.ofString()).body());
    }

    private HttpResponse<String> get(String address) throws Exception {
        return http.send(HttpRequest.newBuilder(URI.create(address)).build(), HttpResponse.BodyHandlers.ofString());
    }

    /** As {@code kill -9}. */
    public void kill() throws InterruptedException {
        server.kill();
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }
}
