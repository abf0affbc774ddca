package io.algomat.accounts;

import io.algomat.platform.ErrorCode;
import io.algomat.platform.Problem;
import io.algomat.platform.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Looks up owners: users and organisations, one table, one name space, matched ignoring case. */
@ApplicationScoped
public class Owners {
    /** @param site whether the owner belongs to the site itself (samples), so that its names are reserved */
    public record OwnerView(long id, String name, String displayName, boolean organisation, boolean site) {}

    private final Sql sql;
    private final CreateOwner create;
    private final GuestAccount guest;
    private final PublishingPolicy policy;

    Owners(Sql sql, CreateOwner create, GuestAccount guest, PublishingPolicy policy) {
        this.sql = sql;
        this.create = create;
        this.guest = guest;
        this.policy = policy;
    }

    public Optional<OwnerView> byName(String name) {
        return sql.first(
                "SELECT id, name, display_name, kind, site FROM owner WHERE lower(name) = lower(?)",
                row -> new OwnerView(
                        row.getLong("id"),
                        row.getString("name"),
                        row.getString("display_name"),
                        row.getString("kind").equals("organisation"),
                        row.getBoolean("site")),
                name);
    }

    public Map<Long, String> names(Collection<Long> ids) {
        Map<Long, String> names = new HashMap<>();
        sql.list(
                "SELECT id, name FROM owner WHERE id = ANY (?)",
                row -> names.put(row.getLong("id"), row.getString("name")),
                (Object) ids.toArray(Long[]::new));
        return names;
    }

    /** Whether an administrator knows this publisher, so that its code may keep one worker for all callers. */
    public boolean verified(long owner) {
        return sql.first("SELECT verified_at FROM owner WHERE id = ?", row -> row.getObject(1) != null, owner)
                .orElse(false);
    }

    /**
     * The shared account on which visitors run.
     *
     * @throws Problem unauthorized, when the operator switched it off
     */
    public Caller guest() {
        return guest.caller();
    }

    /** Makes one of the site's own organisations (vision, nlp, demo) if it is missing, and answers as a member of it. */
    @Transactional
    public Caller site(String organisation) {
        create.create(organisation, CreateOwner.Kind.SITE);
        OwnerView owner = byName(organisation).orElseThrow();
        if (!owner.site()) {
            throw Problem.of(ErrorCode.CONFLICT, "The owner '" + organisation + "' is not the site's own");
        }
        return new Caller(owner.id(), owner.name(), null, EnumSet.allOf(Scope.class), Set.of(owner.id()), false, false);
    }

    /** Whether this caller may publish at all: everyone, or only the approved, as the administrator set it. */
    public boolean mayPublish(Caller caller) {
        return policy.allows(caller);
    }
}
