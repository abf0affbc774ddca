package io.algomat.testing;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** What happens on a site before its pictures are taken: an administrator, a publisher, a caller, and their calls. */
final class ScreenStory {
    private static final String PASSWORD = "a long enough password";
    private static final int PATIENCE_MS = 60_000;

    private final PackagedGateway gateway;
    private final Visitor administrator;
    private final Visitor publisher;
    private final Visitor caller;
    private String draft = "";
    private String failedDraft = "";
    private String call = "";
    private String pipelineCall = "";

    ScreenStory(PackagedGateway gateway, Browser browser) {
        this.gateway = gateway;
        administrator = browser.visitor(gateway.page(), Theme.LIGHT, 1280);
        publisher = browser.visitor(gateway.page(), Theme.LIGHT, 1280);
        caller = browser.visitor(gateway.page(), Theme.LIGHT, 1280);
    }

    Visitor administrator() {
        return administrator;
    }

    Visitor publisher() {
        return publisher;
    }

    Visitor caller() {
        return caller;
    }

    /** The address of a draft that waits for its publication. */
    String draft() {
        return draft;
    }

    /** The address of a draft whose samples did not pass. */
    String failedDraft() {
        return failedDraft;
    }

    /** The page of the caller's newest call of an algorithm that calls no other. */
    String call() {
        return call;
    }

    /** The page of the caller's call of a pipeline. */
    String pipelineCall() {
        return pipelineCall;
    }

    void tell() throws IOException, InterruptedException {
        account(administrator, gateway.line("Set-up:"), "ada");
        account(publisher, "/sign-up", "grace");
        account(caller, "/sign-up", "alan");
        samplesAreThere();
        publishParrot();
        draft = upload(parrot("grace/parrot", "Good morning", "Good morning"));
        failedDraft = upload(parrot("grace/deaf-parrot", "Good morning", "Good night"));
        organisation();
        makeCalls(key());
        grant();
    }

    private static void account(Visitor visitor, String path, String name) {
        visitor.go(path);
        visitor.page().locator("main input[name=name]").fill(name);
        for (Locator field : visitor.page().locator("main input[type=password]").all()) {
            field.fill(PASSWORD);
        }
        press(visitor.page(), "main button.button");
    }

    private void samplesAreThere() {
        for (String sample : new String[] {"vision/object-detection", "nlp/sentence-embedding", "demo/echo"}) {
            administrator
                    .page()
                    .waitForCondition(
                            () -> administrator.go("/algorithms/" + sample) == 200,
                            new Page.WaitForConditionOptions().setTimeout(PATIENCE_MS));
        }
    }

    private void publishParrot() {
        upload(parrot("grace/parrot", "Pretty Polly", "Pretty Polly"));
        publisher.page().locator("#royalty").fill("2");
        press(publisher.page(), "#publish-form .actions button");
        publisher.page().waitForURL("**/algorithms/grace/parrot**");
    }

    /** Returns the draft's address once its samples have been run. */
    private String upload(byte[] bundle) {
        Page page = publisher.page();
        publisher.go("/publish");
        page.locator("#bundle").setInputFiles(new FilePayload("parrot.zip", "application/zip", bundle));
        press(page, "#bundle-form .actions button");
        page.waitForURL("**/publish/drafts/**");
        page.locator("#draft:not([hx-get])").waitFor(new Locator.WaitForOptions().setTimeout(PATIENCE_MS));
        return URI.create(page.url()).getPath();
    }

    /** The files of a bundle that says nothing that the manifest's schema knows. */
    static byte[] faulty() {
        return Bundles.zip(Map.of("algomat.yaml", """
                algorithm: grace/parrot two
                title: Parrot
                categories: [birds]
                task: parroting
                price:
                  royalty: -1
                """));
    }

    private static byte[] parrot(String path, String input, String expected) {
        String manifest = Bundles.identityManifest("grace", path.substring(path.indexOf('/') + 1))
                .replaceAll("title: .*", "title: Parrot")
                .replaceAll("tag_line: .*", "tag_line: Says what it is told, and nothing else")
                .replace("input: Hello", "input: " + input)
                .replace("expect: Hello", "expect: " + expected);
        return Bundles.zip(Map.of("algomat.yaml", manifest, "README.md", """
                # Parrot

                Says what it is told. Good for trying out a client.

                ## Known limits

                It understands nothing.
                """));
    }

    private void organisation() {
        publisher.go("/organisations/new");
        publisher.page().locator("main input[name=name]").fill("aviary");
        press(publisher.page(), "main button.button");
    }

    private String key() {
        caller.go("/keys");
        caller.page().locator("main input[name=name]").fill("nightly job");
        press(caller.page(), "main button.button");
        return caller.page().locator("#fresh-key").textContent().strip();
    }

    private void makeCalls(String key) throws IOException, InterruptedException {
        byte[] picture = Files.readAllBytes(Path.of("samples/vision-object-detection/inputs/hotdog.png"));
        byte[] words = "\"A quick brown fox\"".getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 12; i++) {
            call(key, "nlp/sentence-embedding", "application/json", words);
            call(key, "grace/parrot", "application/json", words);
            call(key, "demo/echo", "application/json", words);
        }
        for (int i = 0; i < 5; i++) {
            call(key, "vision/object-detection", "application/octet-stream", picture);
        }
        call(key, "vision/object-detection", "application/octet-stream", words);
        call(key, "vision/object-detection", "application/octet-stream", picture);
        call = newest();
        byte[] invoice = Files.readAllBytes(Path.of("samples/vision-ocr/inputs/invoice.png"));
        call(key, "vision/picture-language", "application/octet-stream", invoice);
        pipelineCall = newest();
    }

    private String newest() {
        caller.go("/runs");
        return caller.page().locator("main tbody a[href^='/runs/']").first().getAttribute("href");
    }

    private void call(String key, String path, String type, byte[] body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(gateway.page() + "/v1/algo/" + path))
                .header("Authorization", "Simple " + key)
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            http.send(request, HttpResponse.BodyHandlers.discarding());
        }
    }

    private void grant() {
        administrator.go("/admin/users/alan");
        administrator.page().locator("#amount").fill("500");
        administrator.page().locator("#reason").fill("Found a fault in the report");
        administrator
                .page()
                .getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Grant"))
                .click();
    }

    private static void press(Page page, String button) {
        page.locator(button).first().click();
        page.waitForLoadState();
    }
}
