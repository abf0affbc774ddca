package io.algomat.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.algomat.catalog.Publication;
import io.algomat.catalog.Step;
import io.algomat.catalog.Visibility;
import io.algomat.platform.Credits;
import io.algomat.testing.Accounts;
import io.algomat.testing.Bundles;
import io.algomat.testing.PublishedEcho;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** With a collector named, a call's spans arrive there over the wire, in its caller's trace, and tell nothing of the caller. */
@QuarkusTest
@TestProfile(CallTraceTest.WithCollector.class)
class CallTraceTest {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String PARENT = "00f067aa0ba902b7";

    /** Receives OTLP over HTTP, as a collector does, and keeps what came. */
    public static final class Collector implements QuarkusTestResourceLifecycleManager {
        static final List<byte[]> RECEIVED = new CopyOnWriteArrayList<>();
        private HttpServer server;

        @Override
        public Map<String, String> start() {
            try {
                server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            server.createContext("/v1/traces", exchange -> {
                boolean zipped = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
                try (InputStream body =
                        zipped ? new GZIPInputStream(exchange.getRequestBody()) : exchange.getRequestBody()) {
                    RECEIVED.add(body.readAllBytes());
                }
                exchange.sendResponseHeaders(200, -1);
                exchange.close();
            });
            server.start();
            return Map.of(
                    "algomat.otlp.endpoint",
                    "http://127.0.0.1:" + server.getAddress().getPort());
        }

        @Override
        public void stop() {
            server.stop(0);
        }
    }

    public static final class WithCollector implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("quarkus.otel.sdk.disabled", "false", "quarkus.otel.bsp.schedule.delay", "100ms");
        }

        @Override
        public List<TestResourceEntry> testResources() {
            return List.of(new TestResourceEntry(Collector.class));
        }
    }

    @Test
    void spansOfACallArriveInItsCallersTraceAndTellNothingOfTheCaller() {
        Accounts.User caller = Accounts.user("traced");
        PublishedEcho.Echo echo = new PublishedEcho().price(0, 0).publish();

        String call = caller.api()
                .contentType("text/plain")
                .header("traceparent", "00-" + TRACE + "-" + PARENT + "-01")
                .body("a secret input")
                .post("/v1/algo/" + echo.path())
                .then()
                .statusCode(200)
                .extract()
                .header("X-Algomat-Call-Id");

        await().until(() -> has(call.getBytes(StandardCharsets.UTF_8)));
        assertThat(count(HexFormat.of().parseHex(TRACE)))
                .as("call, admit, queue, cold, dispatch, compute, charge: each in the caller's trace")
                .isEqualTo(7);
        assertThat(count(HexFormat.of().parseHex(PARENT)))
                .as("the call alone is below the caller's span")
                .isEqualTo(1);
        for (String told : List.of("call", "admit", "queue", "cold", "dispatch", "compute", "charge", echo.path())) {
            assertThat(has(told.getBytes(StandardCharsets.UTF_8))).as(told).isTrue();
        }
        for (String secret : List.of(caller.name(), caller.key(), "a secret input", "127.0.0.1")) {
            assertThat(has(secret.getBytes(StandardCharsets.UTF_8))).as(secret).isFalse();
        }
    }

    @Test
    void aCallThatAnAlgorithmMakesIsPartOfItsOwnCallsTrace() {
        Accounts.User publisher = Accounts.user("traces");
        PublishedEcho.Echo echo = new PublishedEcho().publish();
        Bundles.Algorithm pipeline = Bundles.publish(
                Bundles.zip(
                        Map.of("README.md", "# Steps", "algomat.yaml", """
                algorithm: %s/steps
                title: Steps
                tag_line: Calls another
                categories: [tools]
                licence: Apache-2.0
                runtime: pipeline
                input: {}
                output: {}
                steps:
                  - {name: only, call: %s, input: {from: /input}}
                answer: {from: /only}
                samples:
                  - name: One
                    input: 1
                """.formatted(publisher.name(), echo.path()))),
                new Publication(Step.MAJOR, Visibility.PUBLIC, Credits.ZERO, ""),
                publisher.caller());
        String trace = "7bf92f3577b34da6a3ce929d0e0e4737";
        String parent = "10f067aa0ba902b8";

        publisher
                .api()
                .contentType("application/json")
                .header("traceparent", "00-" + trace + "-" + parent + "-01")
                .body("1")
                .post("/v1/algo/" + pipeline.path())
                .then()
                .statusCode(200);

        byte[] inTrace = HexFormat.of().parseHex(trace);
        await().until(() -> count(inTrace) >= 11);
        assertThat(count(inTrace))
                .as("six of the pipeline's call, and five of the step's, six with a cold start; none is charged twice")
                .isBetween(11, 12);
        assertThat(count(HexFormat.of().parseHex(parent)))
                .as("the step's call is below the pipeline's, not beside it")
                .isEqualTo(1);
    }

    private static boolean has(byte[] wanted) {
        return count(wanted) > 0;
    }

    private static int count(byte[] wanted) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        Collector.RECEIVED.forEach(all::writeBytes);
        String text = all.toString(StandardCharsets.ISO_8859_1);
        String part = new String(wanted, StandardCharsets.ISO_8859_1);
        int found = 0;
        for (int at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + 1)) {
            found++;
        }
        return found;
    }
}
