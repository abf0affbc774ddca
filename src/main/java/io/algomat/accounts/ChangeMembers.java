package io.algomat.accounts;

import io.algomat.platform.ErrorCode;
import io.algomat.platform.Problem;
import io.algomat.platform.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

/** Adds and removes members of an organisation: its owners do, and everyone may leave. */
@ApplicationScoped
public class ChangeMembers {
    private final Sql sql;
    private final Organisations organisations;
    private final Audit audit;

    ChangeMembers(Sql sql, Organisations organisations, Audit audit) {
        this.sql = sql;
        this.organisations = organisations;
        this.audit = audit;
    }

    /**
     * Adds a user, or changes what a member may do.
     *
     * @param owner whether the member may change members too
     * @throws Problem not-found or forbidden by the organisation; invalid, when there is no such user
     */
    @Transactional
    public void add(Caller caller, String organisation, String user, boolean owner) {
        Organisations.OrganisationView found = locked(caller, organisation);
        mustOwn(found);
        long userId = sql.first("""
                        SELECT id FROM owner
                        WHERE lower(name) = lower(?) AND kind = 'user' AND NOT guest AND disabled_at IS NULL
                        """, row -> row.getLong("id"), user.strip())
                .orElseThrow(() -> Problem.invalid("user", "There is no user '" + user.strip() + "'"));
        if (userId == caller.ownerId()) {
            throw Problem.invalid("user", "You are an owner already");
        }
        String role = owner ? "owner" : "member";
        String before = sql.first(
                        "SELECT role FROM membership WHERE organisation_id = ? AND user_id = ?",
                        row -> user.strip() + ": " + row.getString("role"),
                        found.id(),
                        userId)
                .orElse(null);
        sql.update("""
                INSERT INTO membership (organisation_id, user_id, role) VALUES (?, ?, ?)
                ON CONFLICT (organisation_id, user_id) DO UPDATE SET role = excluded.role
                """, found.id(), userId, role);
        audit.record(
                caller,
                "member.add",
                "organisation:" + found.name(),
                null,
                new Audit.Change(before, user.strip() + ": " + role));
    }

    /** @throws Problem not-found or forbidden by the organisation; conflict, for its last owner */
    @Transactional
    public void remove(Caller caller, String organisation, String user) {
        Organisations.OrganisationView found = locked(caller, organisation);
        if (!user.equalsIgnoreCase(caller.name())) {
            mustOwn(found);
        }
        int removed = sql.update("""
                DELETE FROM membership m USING owner o
                WHERE m.organisation_id = ? AND o.id = m.user_id AND lower(o.name) = lower(?)
                """, found.id(), user);
        if (removed == 0) {
            throw Problem.of(ErrorCode.NOT_FOUND, found.name() + " has no member '" + user + "'");
        }
        if (sql.count("SELECT count(*) FROM membership WHERE organisation_id = ? AND role = 'owner'", found.id())
                == 0) {
            throw Problem.of(ErrorCode.CONFLICT, "An organisation keeps at least one owner; make another one first");
        }
        audit.record(caller, "member.remove", "organisation:" + found.name(), null, new Audit.Change(user, null));
    }

    /** One change at a time, decided by who is an owner then: two owners cannot make each other, or both leave, the last. */
    private Organisations.OrganisationView locked(Caller caller, String organisation) {
        sql.list(
                "SELECT id FROM owner WHERE lower(name) = lower(?) AND kind = 'organisation' FOR NO KEY UPDATE",
                row -> true,
                organisation);
        return organisations.find(caller, organisation);
    }

    private static void mustOwn(Organisations.OrganisationView organisation) {
        if (!organisation.owner()) {
            throw Problem.of(ErrorCode.FORBIDDEN, "Only an owner of " + organisation.name() + " changes its members");
        }
    }
}
