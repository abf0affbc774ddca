package io.algomat.bench;

import io.algomat.testing.PackagedGateway;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** How long a built tree takes from the command to its first page: on a fresh data folder, and on one that has been used. */
final class StartBench implements Benchmark {
    private static final int RUNS = 3;

    @Override
    public String name() {
        return "start";
    }

    @Override
    public void run(Report report) throws Exception {
        double fresh = Double.MAX_VALUE;
        double again = Double.MAX_VALUE;
        for (int i = 0; i < RUNS; i++) {
            try (Scratch data = new Scratch()) {
                fresh = Math.min(fresh, secondsToPage(data));
                again = Math.min(again, secondsToPage(data));
            }
        }
        report.figure("first_page_s", fresh, "s", "<= 10");
        report.figure("first_page_again_s", again, "s", "");
    }

    private static double secondsToPage(Scratch data) throws Exception {
        long began = System.nanoTime();
        try (PackagedGateway gateway = PackagedGateway.start(data.path());
                HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<Void> page = client.send(
                    HttpRequest.newBuilder(URI.create(gateway.page() + "/algorithms"))
                            .timeout(Duration.ofSeconds(10))
                            .build(),
                    HttpResponse.BodyHandlers.discarding());
            if (page.statusCode() != 200) {
                throw new IllegalStateException("The page answered " + page.statusCode());
            }
            return (System.nanoTime() - began) / 1e9;
        }
    }
}
