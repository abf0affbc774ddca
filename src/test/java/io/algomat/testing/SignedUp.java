package io.algomat.testing;

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

/** A person who signs up on the pages and makes keys there, as a newcomer would; then also on another gateway. */
public final class SignedUp {
    private static final Pattern TOKEN = Pattern.compile("name=\"csrf-token\" value=\"([^\"]+)\"");
    private static final Pattern KEY = Pattern.compile("id=\"fresh-key\"[^>]*>(\\w+)<");

    private static final Pattern REVOKE = Pattern.compile("action=\"/keys/(\\d+)/revoke\"");
    private static final int SEE_OTHER = 303;

    /** By hand: Java's own handler sends no Secure cookie to a loopback address without TLS, as browsers do. */
    private final Map<String, String> cookies = new TreeMap<>();

    private final HttpClient browser = HttpClient.newHttpClient();
    /** @param authorization the value of an {@code Authorization} header */
    public record Key(String authorization, long id) {}

    /** @param site the address of a gateway, without a trailing slash; so are the others here */
    public SignedUp(String site, String name) throws IOException, InterruptedException {
        posted(site, "/sign-up", "/sign-up", Map.of("name", name, "password", "long enough " + name, "next", "/"));
    }

    /** The value of an {@code Authorization} header for a new account that may call. */
    public static String key(String site, String name) throws IOException, InterruptedException {
        return new SignedUp(site, name).key(site).authorization();
    }

    /** A new key that may call. */
    public Key key(String site) throws IOException, InterruptedException {
        String page = posted(site, "/keys", "/keys", Map.of("name", "benchmark", "scopes", "call", "expires", ""))
                .body();
        Matcher ids = REVOKE.matcher(page);
        return new Key(
                "Simple " + found(KEY, page, "fresh key"),
                ids.results().mapToLong(id -> Long.parseLong(id.group(1))).max().orElseThrow());
    }

    /** Returns when the gateway has answered: then the key is revoked. */
    public void revoke(String site, Key key) throws IOException, InterruptedException {
        if (posted(site, "/keys", "/keys/" + key.id() + "/revoke", Map.of()).statusCode() != SEE_OTHER) {
            throw new IOException("The key was not revoked");
        }
    }

    /** What the page of that path answers. */
    public String visit(String site, String path) throws IOException, InterruptedException {
        return exchange(request(site, path).GET()).body();
    }

    /** Signs out on one gateway. */
    public void signOut(String site) throws IOException, InterruptedException {
        posted(site, "/keys", "/sign-out", Map.of());
    }

    /** Fills in the form of a page and sends it. */
    private HttpResponse<String> posted(String site, String page, String path, Map<String, String> fields)
            throws IOException, InterruptedException {
        String token = found(TOKEN, visit(site, page), "form at " + page);
        String body = fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining(
                        "&", "csrf-token=" + URLEncoder.encode(token, StandardCharsets.UTF_8) + "&", ""));
        return exchange(request(site, path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private HttpRequest.Builder request(String site, String path) {
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

    private HttpResponse<String> exchange(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> answer = browser.send(request.build(), BodyHandlers.ofString());
        for (String cookie : answer.headers().allValues("Set-Cookie")) {
            String[] pair = cookie.split(";", 2)[0].split("=", 2);
            cookies.put(pair[0], pair[1]);
        }
        return answer;
    }

    private static String found(Pattern pattern, String page, String what) throws IOException {
        Matcher matcher = pattern.matcher(page);
        if (!matcher.find()) {
            throw new IOException("There is no " + what + " in: " + page.replaceAll("<[^>]+>|\\s+", " "));
        }
        return matcher.group(1);
    }
}
