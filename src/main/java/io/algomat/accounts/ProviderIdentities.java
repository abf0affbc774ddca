package io.algomat.accounts;

import io.algomat.platform.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which account of a provider belongs to which owner; looked up by issuer and subject alone. */
@ApplicationScoped
class ProviderIdentities {
    /** @param disabled whether an administrator disabled the owner */
    record Holder(long ownerId, String name, boolean disabled) {}

    private final Sql sql;
    private final Clock clock;

    ProviderIdentities(Sql sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
    }

    Optional<Holder> holder(String issuer, String subject) {
        return sql.first(
                """
                SELECT o.id, o.name, o.disabled_at FROM identity i JOIN owner o ON o.id = i.owner_id
                WHERE i.issuer = ? AND i.subject = ?
                """,
                row -> new Holder(row.getLong("id"), row.getString("name"), row.getObject("disabled_at") != null),
                issuer,
                subject);
    }

    /** @return false, and nothing is changed, when either of the two is connected already */
    boolean connect(long ownerId, ProviderAccount account) {
        return sql.update("""
                        INSERT INTO identity (issuer, subject, owner_id, name, created_at) VALUES (?, ?, ?, ?, ?)
                        ON CONFLICT DO NOTHING
                        """, account.issuer(), account.subject(), ownerId, account.name(), clock.instant()) == 1;
    }

    /** What the provider called the account that is connected with this owner; null for none. */
    @Nullable
    String name(long ownerId) {
        return sql.first("SELECT name FROM identity WHERE owner_id = ?", row -> row.getString("name"), ownerId)
                .orElse(null);
    }
}
