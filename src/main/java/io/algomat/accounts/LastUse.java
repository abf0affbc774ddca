package io.algomat.accounts;

import io.algomat.platform.Sql;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** When each key was last used, written in one statement now and then instead of with every call. */
@ApplicationScoped
class LastUse {
    private static final String WRITE = """
            UPDATE api_key k SET last_used_at = used.at
            FROM unnest(?, ?::timestamptz[]) AS used (id, at)
            WHERE k.id = used.id AND (k.last_used_at IS NULL OR k.last_used_at < used.at)
            """;

    private final Sql sql;
    private final Map<Long, Instant> uses = new ConcurrentHashMap<>();

    LastUse(Sql sql) {
        this.sql = sql;
    }

    void note(Caller caller, Instant at) {
        if (caller.keyId() != null) {
            uses.put(caller.keyId(), at);
        }
    }

    /** The latest use of a key that is not written yet. */
    Map<Long, Instant> unwritten() {
        return Map.copyOf(uses);
    }

    @Scheduled(every = "30s")
    void write() {
        Map<Long, Instant> batch = unwritten();
        if (batch.isEmpty()) {
            return;
        }
        Long[] ids = new Long[batch.size()];
        String[] times = new String[batch.size()];
        int next = 0;
        for (Map.Entry<Long, Instant> use : batch.entrySet()) {
            ids[next] = use.getKey();
            times[next] = use.getValue().toString();
            next++;
        }
        sql.update(WRITE, ids, times);
        batch.forEach(uses::remove);
    }

    void stop(@Observes ShutdownEvent event) {
        write();
    }
}
