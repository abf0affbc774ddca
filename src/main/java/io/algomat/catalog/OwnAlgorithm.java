package io.algomat.catalog;

import io.algomat.accounts.Caller;
import io.algomat.platform.ErrorCode;
import io.algomat.platform.Problem;
import io.algomat.platform.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;

/** Finds an algorithm for a change by its owner, and tells the catalogue's caches of the change. */
@ApplicationScoped
class OwnAlgorithm {
    private static final String FIND = """
            SELECT a.id, a.owner_id, o.name AS owner, a.name FROM algorithm a JOIN owner o ON o.id = a.owner_id
            WHERE lower(o.name) = lower(?) AND lower(a.name) = lower(?) FOR UPDATE OF a
            """;

    record Found(long id, long ownerId, String owner, String name) {}

    private final Sql sql;
    private final Event<CatalogChanged> changed;

    OwnAlgorithm(Sql sql, Event<CatalogChanged> changed) {
        this.sql = sql;
        this.changed = changed;
    }

    /** Locks it until the transaction ends; @throws Problem not-found */
    Found any(String owner, String name) {
        return sql.first(
                        FIND,
                        row -> new Found(
                                row.getLong("id"),
                                row.getLong("owner_id"),
                                row.getString("owner"),
                                row.getString("name")),
                        owner,
                        name)
                .orElseThrow(() -> Problem.of(ErrorCode.NOT_FOUND, "There is no algorithm " + owner + "/" + name));
    }

    /** As {@link #any}; what belongs to others is not found, as if it were not there. */
    Found of(Caller caller, String owner, String name) {
        Found found = any(owner, name);
        if (!caller.actsFor(found.ownerId())) {
            throw Problem.of(ErrorCode.NOT_FOUND, "You have no algorithm " + owner + "/" + name);
        }
        return found;
    }

    void changed(Found algorithm) {
        changed.fire(new CatalogChanged(algorithm.id(), algorithm.owner(), algorithm.name()));
    }
}
