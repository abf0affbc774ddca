package io.algomat.accounts;

import io.algomat.platform.ErrorCode;
import io.algomat.platform.Problem;
import io.algomat.platform.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;

/** Looks up organisations and who belongs to them. */
@ApplicationScoped
public class Organisations {
    /** @param owner whether the caller who asked may change the organisation's members */
    public record OrganisationView(long id, String name, boolean owner, List<MemberView> members) {}

    public record MemberView(String name, boolean owner, Instant since) {}

    /** One line of one's own organisations. */
    public record MembershipView(String name, boolean owner) {}

    private final Sql sql;

    Organisations(Sql sql) {
        this.sql = sql;
    }

    public List<MembershipView> of(long userId) {
        return sql.list("""
                SELECT o.name, m.role FROM membership m JOIN owner o ON o.id = m.organisation_id
                WHERE m.user_id = ? ORDER BY lower(o.name)
                """, row -> new MembershipView(row.getString("name"), isOwner(row.getString("role"))), userId);
    }

    /** @throws Problem not-found, also for whoever is not a member */
    public OrganisationView find(Caller caller, String name) {
        return sql.first(
                        """
                        SELECT o.id, o.name, m.role FROM owner o JOIN membership m ON m.organisation_id = o.id
                        WHERE lower(o.name) = lower(?) AND m.user_id = ?
                        """,
                        row -> new OrganisationView(
                                row.getLong("id"),
                                row.getString("name"),
                                isOwner(row.getString("role")),
                                members(row.getLong("id"))),
                        name,
                        caller.ownerId())
                .orElseThrow(() ->
                        Problem.of(ErrorCode.NOT_FOUND, "You are not a member of an organisation '" + name + "'"));
    }

    private List<MemberView> members(long organisationId) {
        return sql.list(
                """
                SELECT o.name, m.role, m.created_at FROM membership m JOIN owner o ON o.id = m.user_id
                WHERE m.organisation_id = ? ORDER BY m.created_at, o.id
                """,
                row -> new MemberView(
                        row.getString("name"), isOwner(row.getString("role")), Sql.time(row, "created_at")),
                organisationId);
    }

    private static boolean isOwner(String role) {
        return role.equals("owner");
    }
}
