package io.algomat.calls;

import io.algomat.accounts.Caller;
import io.algomat.catalog.Raise;
import io.algomat.catalog.VersionResolver;
import io.algomat.platform.ErrorCode;
import io.algomat.platform.Problem;
import io.algomat.platform.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Tells a caller which algorithms that it called lately will cost more. */
@ApplicationScoped
public class RaisesAhead {
    private static final Duration LATELY = Duration.ofDays(30);
    private static final String CALLED = """
            SELECT DISTINCT algorithm FROM call_log WHERE caller_id = ? AND started_at >= ? AND root_id IS NULL
            ORDER BY algorithm LIMIT 200
            """;

    private final Sql sql;
    private final VersionResolver versions;
    private final Clock clock;

    RaisesAhead(Sql sql, VersionResolver versions, Clock clock) {
        this.sql = sql;
        this.versions = versions;
        this.clock = clock;
    }

    public List<Raise> of(Caller caller) {
        return sql
                .list(
                        CALLED,
                        row -> row.getString("algorithm"),
                        caller.ownerId(),
                        clock.instant().minus(LATELY))
                .stream()
                .flatMap(path -> raise(path, caller).stream())
                .toList();
    }

    private Optional<Raise> raise(String path, Caller caller) {
        String[] parts = path.split("/", 2);
        try {
            return versions.raise(versions.resolve(parts[0], parts[1], null, caller));
        } catch (Problem gone) {
            if (gone.code() != ErrorCode.NOT_FOUND) {
                throw gone;
            }
            return Optional.empty();
        }
    }
}
