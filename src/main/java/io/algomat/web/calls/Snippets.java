package io.algomat.web.calls;

import static io.algomat.web.calls.SnippetInput.literal;
import static io.algomat.web.calls.SnippetInput.shell;

import io.algomat.platform.Payload;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A call as code to copy, with each language's standard library alone. The key comes from the environment, so that nobody
 * pastes it into a file that others see.
 */
public final class Snippets {
    /** @param id {@code curl}, {@code java}, {@code python} or {@code javascript} @param file what to save it as */
    public record Snippet(String id, String label, String file, String code) {}

    private Snippets() {}

    /**
     * @param site the site's address without a trailing slash
     * @param path {@code owner/name/version}
     * @param fileName the file that the input came from, or null
     */
    public static List<Snippet> of(String site, String path, Payload input, @Nullable String fileName) {
        String url = site + "/v1/algo/" + path;
        SnippetInput sent = SnippetInput.of(input, fileName);
        return List.of(
                new Snippet("curl", "curl", "call.sh", curl(url, sent)),
                new Snippet("java", "Java", "Call.java", java(url, sent)),
                new Snippet("python", "Python", "call.py", python(url, sent)),
                new Snippet("javascript", "JavaScript", "call.mjs", javascript(url, sent)));
    }

    private static String curl(String url, SnippetInput sent) {
        String data =
                sent.text() == null ? "--data-binary " + shell("@" + sent.file()) : "--data-raw " + shell(sent.text());
        return """
                # export ALGOMAT_API_KEY=sim… (a key of yours)
                curl -sS %s \\
                  -H "Authorization: Simple $ALGOMAT_API_KEY" \\
                  -H 'Content-Type: %s' \\
                  %s
                """.formatted(shell(url), sent.contentType(), data);
    }

    private static String java(String url, SnippetInput sent) {
        String body = sent.text() == null
                ? "ofFile(Path.of(" + literal(sent.file()) + "))"
                : "ofString(" + literal(sent.text()) + ")";
        return """
                // export ALGOMAT_API_KEY=sim… (a key of yours), then: java Call.java
                import java.net.URI;
                import java.net.http.HttpClient;
                import java.net.http.HttpRequest;
                import java.net.http.HttpRequest.BodyPublishers;
                import java.net.http.HttpResponse.BodyHandlers;
                %s
                public class Call {
                    public static void main(String[] arguments) throws Exception {
                        var call = HttpRequest.newBuilder(URI.create(%s))
                                .header("Authorization", "Simple " + System.getenv("ALGOMAT_API_KEY"))
                                .header("Content-Type", "%s")
                                .POST(BodyPublishers.%s)
                                .build();
                        var answer = HttpClient.newHttpClient().send(call, BodyHandlers.ofString());
                        System.out.println(answer.body());
                    }
                }
                """.formatted(
                sent.text() == null ? "import java.nio.file.Path;\n" : "", literal(url), sent.contentType(), body);
    }

    private static String python(String url, SnippetInput sent) {
        String data = sent.text() == null
                ? "open(" + literal(sent.file()) + ", \"rb\").read()"
                : literal(sent.text()) + ".encode()";
        return """
                # export ALGOMAT_API_KEY=sim… (a key of yours)
                import json
                import os
                import urllib.request

                call = urllib.request.Request(
                    %s,
                    data=%s,
                    headers={
                        "Authorization": "Simple " + os.environ["ALGOMAT_API_KEY"],
                        "Content-Type": "%s",
                    },
                )
                with urllib.request.urlopen(call) as response:
                    answer = json.load(response)
                if "error" in answer:
                    raise SystemExit(answer["error"]["message"])
                print(json.dumps(answer["result"]))
                """.formatted(literal(url), data, sent.contentType());
    }

    private static String javascript(String url, SnippetInput sent) {
        String body = sent.text() == null ? "await readFile(" + literal(sent.file()) + ")" : literal(sent.text());
        return """
                // export ALGOMAT_API_KEY=sim… (a key of yours), then, with Node 18 or newer: node call.mjs
                %sconst response = await fetch(%s, {
                  method: "POST",
                  headers: {
                    Authorization: `Simple ${process.env.ALGOMAT_API_KEY}`,
                    "Content-Type": "%s",
                  },
                  body: %s,
                });
                const answer = await response.json();
                if (answer.error) throw new Error(answer.error.message);
                console.log(JSON.stringify(answer.result));
                """.formatted(
                        sent.text() == null ? "import { readFile } from \"node:fs/promises\";\n\n" : "",
                        literal(url),
                        sent.contentType(),
                        body);
    }
}
