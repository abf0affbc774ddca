package io.algomat.accounts;

import io.algomat.platform.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.util.OptionalLong;

/** Makes owners. Whoever must open something for each of them (accounts of the ledger) hears of it in the transaction. */
@ApplicationScoped
class CreateOwner {
    enum Kind {
        USER,
        ORGANISATION,
        /** An organisation of the site's own, such as a sample's owner. */
        SITE,
        GUEST
    }

    private static final String INSERT = """
            INSERT INTO owner (name, display_name, kind, site, guest) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT DO NOTHING RETURNING id
            """;

    private final Sql sql;
    private final Event<OwnerCreated> created;

    CreateOwner(Sql sql, Event<OwnerCreated> created) {
        this.sql = sql;
        this.created = created;
    }

    /** @return the new owner's id, or nothing when the name is taken */
    @Transactional(TxType.MANDATORY)
    OptionalLong create(String name, Kind kind) {
        boolean organisation = kind == Kind.ORGANISATION || kind == Kind.SITE;
        OptionalLong id = sql
                .list(
                        INSERT,
                        row -> row.getLong("id"),
                        name,
                        name,
                        organisation ? "organisation" : "user",
                        kind == Kind.SITE,
                        kind == Kind.GUEST)
                .stream()
                .mapToLong(Long::longValue)
                .findFirst();
        id.ifPresent(made -> created.fire(new OwnerCreated(made, name, organisation, kind == Kind.GUEST)));
        return id;
    }
}
