package io.algomat.bench;

import io.algomat.testing.PackagedGateway;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long a call takes that finds its version at zero, through all of HTTP. Workers go as soon as they rest, and the pauses
 * are too short to be learned from, so nothing is warmed before its call; an answer without a cold start counts as a fault.
 */
final class ColdBench implements Benchmark {
    private static final int WARM_UP = 5;
    private static final int CALLS = 40;
    /** A worker rests out within it, and its process is gone; below the second from which pauses are learned. */
    private static final int PAUSE_MILLIS = 900;

    private static final Pattern COLD = Pattern.compile("cold;dur=([0-9.]+)");

    /** @param code of an algorithm that greets, under its file's name; empty for a sample of the build */
    private record Subject(String runtime, String path, String input, String target, String file, String code) {
        static Subject hello(String runtime, String target, String file, String code) {
            return new Subject(runtime, "demo/hello_" + runtime, "\"you\"", target, file, code);
        }

        /** A class's name where that is what is run, else the file's. */
        String entry() {
            return runtime.equals("java") ? "Hello" : file;
        }
    }

    private static final List<Subject> SUBJECTS = List.of(
            new Subject("djl", "nlp/sentence-embedding", "\"A small model\"", "<= 400", "", ""),
            Subject.hello(
                    "python", "<= 60", "src/Hello.py", "def apply(input):\n    return 'Hello ' + input\n"),
            Subject.hello("node", "<= 100", "src/hello.js", "exports.apply = (name) => 'Hello ' + name;\n"),
            Subject.hello("java", "<= 400", "src/Hello.java", """
                    public class Hello {
                        public String apply(String input) {
                            return "Hello " + input;
                        }
                    }
                    """));

    @Override
    public String name() {
        return "cold";
    }

    @Override
    public void run(Report report) throws Exception {
        try (StagedSamples samples = new StagedSamples();
                Scratch data = new Scratch()) {
            samples.add("nlp-sentence-embedding", "nlp-sentence-embedding", manifest -> manifest);
            for (Subject subject : SUBJECTS) {
                if (!subject.code.isEmpty()) {
                    samples.write("demo-hello-" + subject.runtime, manifest(subject), subject.file, subject.code);
                }
            }
            try (PackagedGateway gateway = OpenGateway.start(
                            data.path(),
                            samples.path(),
                            "-Dalgomat.workers.idle=100ms",
                            "-Dalgomat.workers.idle-least=100ms",
                            "-Dalgomat.workers.idle-most=100ms");
                    HttpClient client = HttpClient.newHttpClient()) {
                String key = OpenGateway.guestKey(gateway);
                for (Subject subject : SUBJECTS) {
                    double[] millis = measure(client, gateway.page(), key, subject);
                    report.figure(subject.runtime + "_p50_ms", millis[millis.length / 2], "ms", "");
                    report.figure(
                            subject.runtime + "_p95_ms",
                            millis[(int) Math.ceil(0.95 * millis.length) - 1],
                            "ms",
                            subject.target);
                }
            }
        }
    }

    private static String manifest(Subject hello) {
        return """
                algorithm: %s
                title: Hello in %s
                tag_line: Greets
                categories: [tools]
                licence: Apache-2.0
                runtime: %s
                entry: %s
                memory: 256 MiB
                input: {type: string}
                output: {type: string}
                samples:
                  - {name: You, input: you, expect: Hello you}
                """.formatted(hello.path, hello.runtime, hello.runtime, hello.entry());
    }

    private static double[] measure(HttpClient client, String page, String key, Subject subject) throws Exception {
        HttpRequest call = HttpRequest.newBuilder(URI.create(page + "/v1/algo/" + subject.path))
                .header("Authorization", key)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(subject.input))
                .build();
        double[] millis = new double[CALLS];
        for (int i = -WARM_UP; i < CALLS; i++) {
            Thread.sleep(PAUSE_MILLIS);
            long began = System.nanoTime();
            HttpResponse<String> answer = client.send(call, HttpResponse.BodyHandlers.ofString());
            double took = (System.nanoTime() - began) / 1e6;
            requireCold(answer, subject);
            if (i >= 0) {
                millis[i] = took;
            }
        }
        Arrays.sort(millis);
        return millis;
    }

    private static void requireCold(HttpResponse<String> answer, Subject subject) {
        Matcher cold = COLD.matcher(answer.headers().firstValue("Server-Timing").orElse(""));
        if (answer.statusCode() != 200 || answer.body().contains("\"error\"")) {
            throw new IllegalStateException(subject.path + " answered " + answer.statusCode() + ": " + answer.body());
        }
        if (!cold.find() || Double.parseDouble(cold.group(1)) == 0) {
            throw new IllegalStateException(subject.path + " was warm; this measures only what is cold");
        }
    }
}
