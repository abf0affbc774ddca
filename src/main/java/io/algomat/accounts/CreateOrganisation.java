package io.algomat.accounts;

import io.algomat.platform.Problem;
import io.algomat.platform.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

/** Makes an organisation; whoever makes it is its first owner. */
@ApplicationScoped
public class CreateOrganisation {
    private static final int MOST = 10;

    private final Sql sql;
    private final CreateOwner create;
    private final Audit audit;

    CreateOrganisation(Sql sql, CreateOwner create, Audit audit) {
        this.sql = sql;
        this.create = create;
        this.audit = audit;
    }

    /**
     * @return its name
     * @throws Problem invalid, naming the field
     */
    @Transactional
    public String create(Caller caller, String name) {
        String checked = OwnerName.checked(name);
        if (sql.count("SELECT count(*) FROM membership WHERE user_id = ? AND role = 'owner'", caller.ownerId())
                >= MOST) {
            throw Problem.invalid("name", "You own " + MOST + " organisations, which is the most");
        }
        long id = create.create(checked, CreateOwner.Kind.ORGANISATION).orElseThrow(() -> OwnerName.taken(checked));
        sql.update(
                "INSERT INTO membership (organisation_id, user_id, role) VALUES (?, ?, 'owner')", id, caller.ownerId());
        audit.record(caller, "organisation.create", "organisation:" + checked, null);
        return checked;
    }
}
