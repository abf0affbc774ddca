package io.algomat.testing;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongPredicate;

/** Calls at a fixed rate whatever becomes of them, and what the client itself saw of each. */
public final class ClientLog implements AutoCloseable {
    private static final BigDecimal MICROS = BigDecimal.valueOf(1_000_000);
    private static final Duration PATIENCE = Duration.ofSeconds(45);
    private static final String BODY = "\"a line of ordinary length\"";

    /**
     * @param status 0 when there was no connection, or it broke off before an answer
     * @param callId empty when the answer named none
     * @param costMicros as the answer said; 0 when it said nothing
     * @param key that it was sent with; empty for none
     */
    public record Attempt(int status, String callId, long costMicros, String body, String key) {
        public boolean succeeded() {
            return status == 200 && !body.contains("\"error\"");
        }

        /** Whether the call was sent and its end is not known. */
        public boolean brokeOff() {
            return status == 0 && !body.contains("ConnectException");
        }

        public boolean unconfirmed() {
            return body.contains("charge-unconfirmed");
        }
    }

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();
    private final String path;
    private final String authorization;
    private boolean keys;
    private final Queue<Attempt> attempts = new ConcurrentLinkedQueue<>();

    /** @param path of the algorithm, as {@code /v1/algo/demo/echo} */
    public ClientLog(String path, String authorization) {
        this.path = path;
        this.authorization = authorization;
    }

    public List<Attempt> attempts() {
        return List.copyOf(attempts);
    }

    /** Sends calls to the gateways in turn, and returns when all of them have ended. */
    public void load(List<String> gateways, int perSecond, Duration time) {
        long calls = time.toNanos() / (1_000_000_000L / perSecond);
        load(gateways, perSecond, number -> number < calls);
    }

    /** The same as long as it goes on: it is asked before each call, with that call's number. */
    public void load(List<String> gateways, int perSecond, LongPredicate goesOn) {
        long begin = System.nanoTime();
        long interval = 1_000_000_000L / perSecond;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (long i = 0; goesOn.test(i); i++) {
                for (long wait = begin + i * interval - System.nanoTime(); wait > 0; ) {
                    LockSupport.parkNanos(wait);
                    wait = begin + i * interval - System.nanoTime();
                }
                String gateway = gateways.get((int) (i % gateways.size()));
                threads.submit(() ->
                        attempts.add(keyed(gateway, keys ? UUID.randomUUID().toString() : "", BODY)));
            }
        }
    }

    /** From now on each call of the load has an idempotency key of its own. */
    public void withKeys() {
        keys = true;
    }

    /** One call without a key, which the log leaves out. */
    public Attempt call(String gateway) {
        return keyed(gateway, "", BODY);
    }

    /** The same call with the same key; the log has its end in place of the one that broke off. */
    public Attempt again(String gateway, Attempt attempt) {
        Attempt ended = keyed(gateway, attempt.key(), BODY);
        if (ended.succeeded()) {
            attempts.remove(attempt);
            attempts.add(ended);
        }
        return ended;
    }

    /** @param key empty for none */
    public Attempt keyed(String gateway, String key, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(gateway + path))
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .header("Authorization", authorization)
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (!key.isEmpty()) {
            request.header("Idempotency-Key", key);
        }
        try {
            HttpResponse<String> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Attempt(
                    answer.statusCode(),
                    answer.headers().firstValue("X-Algomat-Call-Id").orElse(""),
                    new BigDecimal(answer.headers().firstValue("X-Algomat-Cost").orElse("0"))
                            .multiply(MICROS)
                            .longValueExact(),
                    answer.body(),
                    key);
        } catch (IOException e) {
            return new Attempt(0, "", 0, String.valueOf(e), key);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
