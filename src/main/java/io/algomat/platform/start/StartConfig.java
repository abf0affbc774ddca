package io.algomat.platform.start;

import io.algomat.platform.Secret;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How the gateway starts: where it listens, which database it works on, and how strict it is. */
@ConfigMapping(prefix = "algomat")
public interface StartConfig {
    /** The address to listen on. Loopback unless said: a fresh start at home must not be open to the network. */
    @WithDefault("127.0.0.1")
    String host();

    /** The page's port; 0 picks a free one. {@code --port}. */
    @WithDefault("8080")
    int port();

    /** Whether to refuse everything that is fine for trying out and not for serving others. {@code --production}. */
    @WithDefault("false")
    boolean production();

    /** Whether the embedded database is meant, in production: one machine, one gateway. {@code --embedded}. */
    @WithDefault("false")
    boolean embedded();

    /**
     * Addresses or networks of the proxies that stand before the gateway, with commas between. From them alone the headers
     * {@code X-Forwarded-For}, {@code -Proto} and {@code -Host} are believed.
     */
    Optional<List<String>> trustedProxies();

    /**
     * How long a gateway that was told to stop still takes calls as before, while {@code /q/health/ready} answers 503 already:
     * longer than the proxy before it needs to notice. Without it 5 s when proxies are named, else none.
     */
    Optional<Duration> drain();

    /** How long calls that are still running after that may take to end; then they are cut off. */
    @WithDefault("20s")
    Duration lastCalls();

    /** A PostgreSQL 18 of your own instead of the embedded one. */
    Db db();

    /** Where traces go. */
    Otlp otlp();

    /** The database. */
    interface Db {
        /** {@code jdbc:postgresql://HOST:PORT/NAME}; the embedded database when it is not set. */
        Optional<String> url();

        /** The role of the application, which cannot change what was booked. */
        Optional<String> username();

        /** Its password. */
        @Secret
        Optional<String> password();

        /** The role that owns the tables and migrates them. */
        Optional<String> ownerUsername();

        /** Its password. */
        @Secret
        Optional<String> ownerPassword();
    }

    /** Traces. */
    interface Otlp {
        /** A collector that takes OTLP over HTTP, such as {@code http://127.0.0.1:4318}; nothing is sent without one. */
        Optional<String> endpoint();
    }
}
