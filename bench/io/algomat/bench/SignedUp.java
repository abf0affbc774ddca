package io.algomat.bench;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A person who signs up on the pages and makes a key there, as a newcomer would. */
final class SignedUp {
    private static final Pattern TOKEN = Pattern.compile("name=\"csrf-token\" value=\"([^\"]+)\"");
    private static final Pattern KEY = Pattern.compile("id=\"fresh-key\"[^>]*>(\\w+)<");

    private final HttpClient browser = HttpClient.newBuilder()
            .cookieHandler(new CookieManager())
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();
    private final String site;

    private SignedUp(String site) {
        this.site = site;
    }

    /** The value of an {@code Authorization} header for a new account that may call. */
    static String key(String site, String name) throws IOException, InterruptedException {
        SignedUp person = new SignedUp(site);
        person.send("/sign-up", Map.of("name", name, "password", "long enough " + name, "next", "/"));
        String page = person.send("/keys", Map.of("name", "benchmark", "scopes", "call", "expires", ""));
        return "Simple " + found(KEY, page, "a key for " + name);
    }

    private String send(String path, Map<String, String> fields) throws IOException, InterruptedException {
        HttpRequest.Builder form = HttpRequest.newBuilder(URI.create(site + path));
        String page = browser.send(form.GET().build(), BodyHandlers.ofString()).body();
        String token = found(TOKEN, page, "a form at " + path);
        String body = fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&", "csrf-token=" + URLEncoder.encode(token, StandardCharsets.UTF_8) + "&", ""));
        return browser.send(
                        form.header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        BodyHandlers.ofString())
                .body();
    }

    private static String found(Pattern pattern, String page, String what) throws IOException {
        Matcher matcher = pattern.matcher(page);
        if (!matcher.find()) {
            throw new IOException("There is no " + what + " in: " + page.replaceAll("<[^>]+>|\\s+", " "));
        }
        return matcher.group(1);
    }
}
