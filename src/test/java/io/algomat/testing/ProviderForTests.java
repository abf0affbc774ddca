package io.algomat.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.lang.JoseException;

/**
 * The least that speaks OpenID Connect as Keycloak does, for tests of what Algomat makes of it: whoever comes to its
 * authorization address is signed in as the user that the test named. The real Keycloak has a test of its own.
 */
public final class ProviderForTests implements AutoCloseable {
    /** @param roles the realm's */
    public record User(String subject, String name, List<String> roles) {
        public static User named(String name, String... roles) {
            return new User(UUID.randomUUID().toString(), name, List.of(roles));
        }
    }

    private record Code(User user, String nonce, String challenge) {}

    private final RsaJsonWebKey key = key("one");
    private final RsaJsonWebKey strangersKey = key("one");
    private final Map<String, Code> codes = new ConcurrentHashMap<>();
    private final int port;
    private HttpServer server;
    private volatile User visitor = User.named("nobody");

    public ProviderForTests() {
        server = listen(0);
        port = server.getAddress().getPort();
    }

    private HttpServer listen(int at) {
        try {
            HttpServer fresh = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), at), 0);
            fresh.createContext("/.well-known/openid-configuration", http -> json(http, discovery()));
            fresh.createContext("/keys", http -> json(http, new JsonWebKeySet(key).toJson()));
            fresh.createContext("/authorize", this::authorize);
            fresh.createContext("/token", this::token);
            fresh.start();
            return fresh;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String url() {
        return "http://127.0.0.1:" + port;
    }

    /** Who the next browser that comes here is. */
    public void visitor(User user) {
        visitor = user;
    }

    /** Nothing listens at its address any more, until {@link #comeBack}. */
    public void goAway() {
        server.stop(0);
    }

    public void comeBack() {
        server = listen(port);
    }

    /** The provider's own session of this user (its sid). */
    public static String session(User user) {
        return "session of " + user.subject();
    }

    /** An access token as for calls; change the claims before they are signed. */
    public JwtClaims access(User user) {
        JwtClaims claims = claims(user, "Bearer", "algomat");
        claims.setStringClaim("scope", "openid call");
        claims.setClaim("realm_access", Map.of("roles", user.roles()));
        return claims;
    }

    /** A logout token as the provider sends it. */
    public JwtClaims logout(User user) {
        JwtClaims claims = claims(user, "Logout", "algomat");
        claims.setStringClaim("sid", session(user));
        claims.setClaim("events", Map.of("http://schemas.openid.net/event/backchannel-logout", Map.of()));
        return claims;
    }

    public JwtClaims claims(User user, String type, String audience) {
        JwtClaims claims = new JwtClaims();
        claims.setIssuer(url());
        claims.setSubject(user.subject());
        claims.setAudience(audience);
        claims.setStringClaim("typ", type);
        claims.setStringClaim("preferred_username", user.name());
        claims.setGeneratedJwtId();
        claims.setIssuedAtToNow();
        claims.setExpirationTimeMinutesInTheFuture(5);
        return claims;
    }

    public String signed(JwtClaims claims) {
        return signed(claims, key);
    }

    /** Signed by a key that only pretends to be the provider's. */
    public String forged(JwtClaims claims) {
        return signed(claims, strangersKey);
    }

    private static String signed(JwtClaims claims, RsaJsonWebKey by) {
        try {
            JsonWebSignature signature = new JsonWebSignature();
            signature.setPayload(claims.toJson());
            signature.setKey(by.getPrivateKey());
            signature.setKeyIdHeaderValue(by.getKeyId());
            signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.RSA_USING_SHA256);
            return signature.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    private static RsaJsonWebKey key(String id) {
        try {
            RsaJsonWebKey key = RsaJwkGenerator.generateJwk(2048);
            key.setKeyId(id);
            return key;
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    private String discovery() {
        return """
                {"issuer":"%1$s","authorization_endpoint":"%1$s/authorize","token_endpoint":"%1$s/token",
                 "jwks_uri":"%1$s/keys","end_session_endpoint":"%1$s/end"}
                """.formatted(url());
    }

    private void authorize(HttpExchange http) throws IOException {
        Map<String, String> query = form(http.getRequestURI().getRawQuery());
        String code = UUID.randomUUID().toString();
        codes.put(code, new Code(visitor, query.get("nonce"), query.get("code_challenge")));
        http.getResponseHeaders()
                .add("Location", query.get("redirect_uri") + "?code=" + code + "&state=" + query.get("state"));
        http.sendResponseHeaders(302, -1);
        http.close();
    }

    private void token(HttpExchange http) throws IOException {
        Map<String, String> form = form(new String(http.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        Code code = codes.remove(form.get("code"));
        if (code == null || !code.challenge().equals(challenge(form.get("code_verifier")))) {
            http.sendResponseHeaders(400, -1);
            http.close();
            return;
        }
        JwtClaims id = claims(code.user(), "ID", "algomat");
        id.setStringClaim("sid", session(code.user()));
        id.setStringClaim("nonce", code.nonce());
        json(http, """
                {"token_type":"Bearer","expires_in":300,"id_token":"%s","access_token":"%s"}
                """.formatted(signed(id), signed(access(code.user()))));
    }

    private static String challenge(String verifier) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void json(HttpExchange http, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        http.getResponseHeaders().add("Content-Type", "application/json");
        http.sendResponseHeaders(200, body.length);
        http.getResponseBody().write(body);
        http.close();
    }

    private static Map<String, String> form(String text) {
        return Arrays.stream(text.split("&"))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
