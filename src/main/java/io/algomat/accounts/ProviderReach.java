package io.algomat.accounts;

import io.algomat.platform.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import javax.net.ssl.SSLException;

/**
 * Whether the provider answers now. Quarkus keeps what it once learned of it, so that a browser would be sent to one that is
 * long away, and its reader left with an error page of the browser's.
 */
@ApplicationScoped
class ProviderReach {
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final ProviderConfig config;

    ProviderReach(ProviderConfig config) {
        this.config = config;
    }

    /** @throws Problem provider-away, when it does not answer within three seconds, or answers that it cannot */
    void check() {
        String address = config.url().orElseThrow().replaceFirst("/+$", "") + "/.well-known/openid-configuration";
        try (HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
            HttpRequest ask = HttpRequest.newBuilder(URI.create(address))
                    .timeout(PATIENCE)
                    .build();
            int status = http.send(ask, HttpResponse.BodyHandlers.discarding()).statusCode();
            if (status >= 500) {
                throw ProviderFailure.away("status " + status, config.name());
            }
        } catch (SSLException _) {
            // It answers. Whether its certificate is to be trusted is told by Quarkus' own settings, in the flow
            // itself.
        } catch (IOException e) {
            throw ProviderFailure.away(String.valueOf(e), config.name());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ProviderFailure.away("interrupted", config.name());
        }
    }
}
