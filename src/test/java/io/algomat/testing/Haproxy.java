package io.algomat.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** Debian's HAProxy before two gateways, with the configuration that operators are given. */
public final class Haproxy implements AutoCloseable {
    private static final Path CONFIGURATION = Path.of("deploy/haproxy/haproxy.cfg");

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Process process;
    private final int port;

    /** @throws IOException naming the package, when it is not installed */
    public Haproxy(List<PackagedGateway> gateways) throws IOException {
        this.port = Ports.free();
        ProcessBuilder builder = new ProcessBuilder(program(), "-f", CONFIGURATION.toString(), "-db").inheritIO();
        builder.environment()
                .putAll(Map.of(
                        "PROXY_BIND", "127.0.0.1:" + port,
                        "GATEWAY_1", address(gateways.get(0)),
                        "GATEWAY_2", address(gateways.get(1))));
        this.process = builder.start();
    }

    private static String program() throws IOException {
        return Stream.of("/usr/sbin/haproxy", "/usr/local/sbin/haproxy", "/usr/bin/haproxy")
                .filter(path -> Files.isExecutable(Path.of(path)))
                .findFirst()
                .orElseThrow(() -> new IOException("There is no haproxy here:  sudo apt-get install haproxy"));
    }

    private static String address(PackagedGateway gateway) {
        return "127.0.0.1:" + URI.create(gateway.page()).getPort();
    }

    public int port() {
        return port;
    }

    /** The address that visitors use, without a trailing slash. */
    public String page() {
        return "http://localhost:" + port;
    }

    /** Waits until that gateway, {@code gateway-1} or {@code gateway-2}, gets calls of its visitors. */
    public void untilServing(String gateway) {
        try (HttpClient client = HttpClient.newHttpClient()) {
            assertThat(process.isAlive()).as("HAProxy runs").isTrue();
            Awaitility.await(gateway)
                    .atMost(PATIENCE)
                    .ignoreException(ConnectException.class)
                    .until(() -> client.send(
                                    HttpRequest.newBuilder(URI.create(page() + "/problems"))
                                            .build(),
                                    HttpResponse.BodyHandlers.discarding())
                            .headers()
                            .firstValue("X-Served-By")
                            .filter(gateway::equals)
                            .isPresent());
        }
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        process.waitFor(10, TimeUnit.SECONDS);
    }
}
