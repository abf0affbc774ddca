package io.algomat.bench;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A person who signs up on the pages and makes a key there, as a newcomer would. */
final class SignedUp {
    private static final Pattern TOKEN = Pattern.compile("name=\"csrf-token\" value=\"([^\"]+)\"");
    private static final Pattern KEY = Pattern.compile("id=\"fresh-key\"[^>]*>(\\w+)<");

    /** By hand: Java's own handler sends no Secure cookie to a loopback address without TLS, as browsers do. */
    private final Map<String, String> cookies = new TreeMap<>();

    private final HttpClient browser = HttpClient.newHttpClient();
    private final String site;

    private SignedUp(String site) {
        this.site = site;
    }

    /** The value of an {@code Authorization} header for a new account that may call. */
    static String key(String site, String name) throws IOException, InterruptedException {
        SignedUp person = new SignedUp(site);
        person.send("/sign-up", Map.of("name", name, "password", "long enough " + name, "next", "/"));
        String page = person.send("/keys", Map.of("name", "benchmark", "scopes", "call", "expires", ""));
        return "Simple " + found(KEY, page, "key for " + name);
    }

    /** Fills in the form of a page and sends it. */
    private String send(String path, Map<String, String> fields) throws IOException, InterruptedException {
        String token = found(TOKEN, exchange(request(path).GET()), "form at " + path);
        String body = fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining(
                        "&", "csrf-token=" + URLEncoder.encode(token, StandardCharsets.UTF_8) + "&", ""));
        return exchange(request(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(site + path));
        if (!cookies.isEmpty()) {
            request.header(
                    "Cookie",
                    cookies.entrySet().stream()
                            .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                            .collect(Collectors.joining("; ")));
        }
        return request;
    }

    private String exchange(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> answer = browser.send(request.build(), BodyHandlers.ofString());
        for (String cookie : answer.headers().allValues("Set-Cookie")) {
            String[] pair = cookie.split(";", 2)[0].split("=", 2);
            cookies.put(pair[0], pair[1]);
        }
        return answer.body();
    }

    private static String found(Pattern pattern, String page, String what) throws IOException {
        Matcher matcher = pattern.matcher(page);
        if (!matcher.find()) {
            throw new IOException("There is no " + what + " in: " + page.replaceAll("<[^>]+>|\\s+", " "));
        }
        return matcher.group(1);
    }
}
