package io.algomat.accounts;

import io.algomat.platform.Problem;
import io.algomat.platform.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes an API key. Its text leaves this place once and is kept nowhere. */
@ApplicationScoped
public class CreateKey {
    /** @param key the key itself, to be shown once */
    public record NewKey(long id, String key) {}

    private static final int LONGEST_NAME = 60;
    private static final int MOST_KEYS = 100;
    private static final String INSERT = """
            INSERT INTO api_key (owner_id, name, digest, prefix, scopes, created_at, expires_at)
            VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING id
            """;

    private final Sql sql;
    private final ApiKeyDigest digest;
    private final Audit audit;
    private final Clock clock;

    CreateKey(Sql sql, ApiKeyDigest digest, Audit audit, Clock clock) {
        this.sql = sql;
        this.digest = digest;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * @param expiresAt when the key ends, or null for never
     * @throws Problem invalid, naming the field
     */
    @Transactional
    public NewKey create(long ownerId, String name, Set<Scope> scopes, @Nullable Instant expiresAt) {
        String title = name.strip();
        check(ownerId, title, scopes, expiresAt);
        String key = ApiKeyText.random();
        long id = sql.first(
                        INSERT,
                        row -> row.getLong("id"),
                        ownerId,
                        title,
                        digest.of(key),
                        ApiKeyText.prefix(key),
                        scopes.stream().map(Scope::wire).sorted().toArray(String[]::new),
                        clock.instant(),
                        expiresAt)
                .orElseThrow();
        audit.recordOf(
                ownerId, "key.create", "key:" + id, new Audit.Change(null, words(key, title, scopes, expiresAt)));
        return new NewKey(id, key);
    }

    private static String words(String key, String name, Set<Scope> scopes, @Nullable Instant expiresAt) {
        return "%s (%s…) may %s, ends %s"
                .formatted(
                        name,
                        ApiKeyText.prefix(key),
                        scopes.stream().map(Scope::wire).sorted().collect(Collectors.joining(" ")),
                        expiresAt == null ? "never" : expiresAt);
    }

    private void check(long ownerId, String name, Set<Scope> scopes, @Nullable Instant expiresAt) {
        if (name.isEmpty() || name.length() > LONGEST_NAME || name.chars().anyMatch(Character::isISOControl)) {
            throw Problem.invalid("name", "Give the key a name of 1 to " + LONGEST_NAME + " characters");
        }
        if (scopes.isEmpty()) {
            throw Problem.invalid("scopes", "Choose at least one thing that the key may do");
        }
        if (expiresAt != null && !expiresAt.isAfter(clock.instant())) {
            throw Problem.invalid("expires", "Choose a day in the future, or none");
        }
        if (sql.count("SELECT count(*) FROM api_key WHERE owner_id = ? AND revoked_at IS NULL", ownerId) >= MOST_KEYS) {
            throw Problem.invalid("name", "You have " + MOST_KEYS + " keys; revoke one that you no longer use");
        }
    }
}
