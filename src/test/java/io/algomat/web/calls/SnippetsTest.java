package io.algomat.web.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.algomat.platform.Payload;
import io.algomat.testing.Accounts;
import io.algomat.testing.PublishedEcho;
import io.algomat.testing.PublishedEcho.Echo;
import io.algomat.web.calls.Snippets.Snippet;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The code that people copy: run as it stands, in each language, and its answers compared. */
@QuarkusTest
class SnippetsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SPITEFUL = "It's \"quoted\", $HOME `x` \\u0041 \\ %s 'héllo' 🎈\n@second line";

    private static Accounts.User caller;
    private static Echo echo;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"curl", "java", "python", "javascript"})
    void theCopiedCodeSendsTextAsItIs(String language) throws Exception {
        assertThat(result(language, Payload.text(SPITEFUL), null).textValue()).isEqualTo(SPITEFUL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"curl", "java", "python", "javascript"})
    void theCopiedCodeSendsJsonAsItIs(String language) throws Exception {
        String json = "{\"texts\": [\"It's ☀\", \"a\\nb\\\\\"], \"n\": 1.5, \"none\": null}";
        assertThat(result(language, Payload.json(json), null)).isEqualTo(JSON.readTree(json));
    }

    @ParameterizedTest
    @ValueSource(strings = {"curl", "java", "python", "javascript"})
    void theCopiedCodeSendsAFile(String language) throws Exception {
        byte[] picture = {(byte) 0x89, 'P', 'N', 'G', 0, 1, 2, (byte) 0xFF};
        Files.write(folder.resolve("it's a dog.png"), picture);
        String base64 = result(language, Payload.binary(picture), "inputs/it's a dog.png")
                .textValue();
        assertThat(Base64.getDecoder().decode(base64)).isEqualTo(picture);
    }

    @Test
    void aLongInputIsReadFromAFile() {
        Snippet curl = Snippets.of("http://x", "a/b/1.0.0", Payload.text("long ".repeat(1_000)), null)
                .getFirst();
        assertThat(curl.code()).contains("--data-binary '@input.txt'").doesNotContain("long long");
    }

    @Test
    void theAlgorithmsPageGetsThemForItsFormAsJson() {
        prepare();
        String token = RestAssured.given().get("/sign-in").cookie("csrf-token");
        List<String> code = RestAssured.given()
                .cookie("csrf-token", token)
                .header("X-CSRF-TOKEN", token)
                .header("Content-Type", "image/png")
                .post("/algorithms/" + echo.path() + "/snippets?file=dog.png")
                .then()
                .statusCode(200)
                .extract()
                .path("code");
        assertThat(code)
                .hasSize(4)
                .allSatisfy(text -> assertThat(text)
                        .contains(":" + RestAssured.port + "/v1/algo/" + echo.path() + "/1.0.0")
                        .contains("dog.png"));
        RestAssured.given()
                .get("/algorithms/" + echo.path() + "/snippets?sample=0")
                .then()
                .statusCode(200);
    }

    private JsonNode result(String language, Payload input, @Nullable String file) throws Exception {
        prepare();
        String site = "http://localhost:" + RestAssured.port;
        Snippet snippet = Snippets.of(site, echo.path() + "/1.0.0", input, file).stream()
                .filter(one -> one.id().equals(language))
                .findFirst()
                .orElseThrow();
        Path code = Files.writeString(folder.resolve(snippet.file()), snippet.code());
        JsonNode printed = JSON.readTree(run(program(language), code));
        // curl and Java print the whole answer, since neither reads JSON by itself.
        return printed.isObject() && printed.has("metadata") ? printed.get("result") : printed;
    }

    private static void prepare() {
        if (echo == null) {
            caller = Accounts.user("copies");
            echo = new PublishedEcho().publish();
        }
    }

    private static String program(String language) {
        String program = switch (language) {
            case "curl" -> "sh";
            case "java" ->
                Path.of(System.getProperty("java.home"), "bin", "java").toString();
            case "python" -> "python3";
            default -> "node";
        };
        if (System.getenv("CI") == null) {
            assumeThat(found(program)).as(program + " is installed").isTrue();
        }
        return program;
    }

    private static boolean found(String program) {
        return program.startsWith("/")
                || List.of(System.getenv("PATH").split(":")).stream()
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    private String run(String program, Path code) throws IOException, InterruptedException {
        Path errors = folder.resolve("errors.txt");
        ProcessBuilder command = new ProcessBuilder(program, code.toString())
                .directory(folder.toFile())
                .redirectError(errors.toFile());
        command.environment().put("ALGOMAT_API_KEY", caller.key());
        Process process = command.start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(errors)).isZero();
        return printed;
    }
}
