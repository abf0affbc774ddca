package io.algomat.accounts;

import io.algomat.platform.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** What keys are called, those that were revoked too: reports of old periods name them. */
@ApplicationScoped
public class KeyNames {
    /** @param key such as {@code Laptop (simA1b2…)} */
    public record Named(String owner, String key) {}

    private final Sql sql;

    KeyNames(Sql sql) {
        this.sql = sql;
    }

    public Map<Long, Named> of(Collection<Long> ids) {
        Map<Long, Named> names = new HashMap<>();
        sql.list(
                """
                SELECT k.id, owner.name AS owner, k.name || ' (' || k.prefix || '…)' AS key
                FROM api_key k JOIN owner ON owner.id = k.owner_id WHERE k.id = ANY (?)
                """,
                row -> names.put(row.getLong("id"), new Named(row.getString("owner"), row.getString("key"))),
                (Object) ids.toArray(Long[]::new));
        return names;
    }
}
