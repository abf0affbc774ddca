package io.algomat.accounts;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * Writes into the audit log that a network was refused for what it did too often: once an hour and kind for each of them on
 * each gateway, so that nobody can fill the log by going on.
 */
@ApplicationScoped
class AddressesOverLimit {
    private static final Logger LOG = Logger.getLogger(AddressesOverLimit.class);

    private record Told(AddressLimits.Kind kind, String network) {}

    private final Cache<Told, Boolean> told = Caffeine.newBuilder()
            .maximumSize(100_000)
            .expireAfterWrite(Duration.ofHours(1))
            .build();
    private final Audit audit;

    AddressesOverLimit(Audit audit) {
        this.audit = audit;
    }

    void tell(AddressLimits.Kind kind, String network) {
        if (told.asMap().putIfAbsent(new Told(kind, network), true) != null) {
            return;
        }
        try {
            // Apart from the act, which is refused and leaves nothing else.
            QuarkusTransaction.requiringNew()
                    .run(() -> audit.record(null, "address.limit", "network:" + network, kind.excess()));
        } catch (RuntimeException e) {
            // The refusal stands, whether the database hears of it or not; the next one tries again.
            told.invalidate(new Told(kind, network));
            LOG.warnf("%s from %s, and it could not be written down: %s", kind.excess(), network, e.getMessage());
        }
    }
}
