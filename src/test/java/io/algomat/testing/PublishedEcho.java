package io.algomat.testing;

import io.algomat.accounts.Owners;
import io.algomat.platform.Ids;
import io.algomat.platform.PlatformConfig;
import io.algomat.platform.Sql;
import io.quarkus.arc.Arc;
import io.quarkus.narayana.jta.QuarkusTransaction;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Algorithms of the identity task that are simply there, as if published: for tests of calls, which are not about
 * publishing.
 */
public final class PublishedEcho {
    private long owner = bean(Owners.class).site("echoes").organisations().stream()
            .findFirst()
            .orElseThrow();
    private String ownerName = "echoes";
    private String version = "1.0.0";
    private String visibility = "public";
    private long royalty = 500_000;
    private long ratePerMs = 1_000;
    private int timeoutMillis = 60_000;
    private String options = "{}";
    private String task = "identity";
    private String reuse = "shared";
    private boolean deprecated;
    private String name = "echo-" + Ids.random("t").substring(2, 12);

    /** @param path {@code owner/name} */
    public record Echo(long algorithmId, long versionId, String owner, String name, String version) {
        public String path() {
            return owner + "/" + name;
        }
    }

    public PublishedEcho by(Accounts.User user) {
        this.owner = user.ownerId();
        this.ownerName = user.name();
        return this;
    }

    public PublishedEcho named(String name) {
        this.name = name;
        return this;
    }

    public PublishedEcho version(String version) {
        this.version = version;
        return this;
    }

    public PublishedEcho hidden() {
        this.visibility = "private";
        return this;
    }

    public PublishedEcho deprecated() {
        this.deprecated = true;
        return this;
    }

    /** In micro-credits. */
    public PublishedEcho price(long royalty, long ratePerMs) {
        this.royalty = royalty;
        this.ratePerMs = ratePerMs;
        return this;
    }

    public PublishedEcho timeoutMillis(int timeoutMillis) {
        this.timeoutMillis = timeoutMillis;
        return this;
    }

    /** How long each call takes. */
    public PublishedEcho delayMillis(int delayMillis) {
        this.options = "{\"delay_ms\": \"" + delayMillis + "\"}";
        return this;
    }

    /** Each worker serves the caller alone that it began with. */
    public PublishedEcho perCaller() {
        this.reuse = "per-caller";
        return this;
    }

    /** A task that does not exist, so that no worker can ever load it. */
    public PublishedEcho unloadable() {
        this.task = "none-such";
        return this;
    }

    public Echo publish() {
        String sha = artifact(ownerName + "/" + name + "/" + version);
        return QuarkusTransaction.requiringNew().call(() -> {
            Sql sql = bean(Sql.class);
            long algorithm = sql.first(
                            "INSERT INTO algorithm (owner_id, name, title, tag_line) VALUES (?, ?, 'Echo', 'Gives it back')"
                                    + " ON CONFLICT (owner_id, lower(name)) DO UPDATE SET title = 'Echo' RETURNING id",
                            row -> row.getLong(1),
                            owner,
                            name)
                    .orElseThrow();
            String[] numbers = version.split("\\.");
            long id = sql.first(
                            """
                            INSERT INTO version (algorithm_id, major, minor, patch, visibility, runtime, task, options,
                                timeout_ms, memory_bytes, retry_safe, input_schema, output_schema, royalty, rate_per_ms,
                                take_bps, artifact_sha256, artifact_bytes, published_by, reuse, deprecated_at)
                            VALUES (?, ?, ?, ?, ?, 'djl', ?, ?::jsonb, ?, 100000000, true, 'true', 'true', ?, ?, 1500,
                                ?, 1, ?, ?, CASE WHEN ? THEN now() END) RETURNING id
                            """,
                            row -> row.getLong(1),
                            algorithm,
                            Integer.parseInt(numbers[0]),
                            Integer.parseInt(numbers[1]),
                            Integer.parseInt(numbers[2]),
                            visibility,
                            task,
                            options,
                            timeoutMillis,
                            royalty,
                            ratePerMs,
                            sha,
                            owner,
                            reuse,
                            deprecated)
                    .orElseThrow();
            return new Echo(algorithm, id, ownerName, name, version);
        });
    }

    /** An empty bundle: the task needs no file. */
    private static String artifact(String of) {
        try {
            String sha = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(of.getBytes(StandardCharsets.UTF_8)));
            Path folder = bean(PlatformConfig.class).data().resolve("artifacts").resolve(sha);
            Files.createDirectories(folder);
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
            return sha;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static <T> T bean(Class<T> type) {
        return Arc.container().instance(type).get();
    }
}
