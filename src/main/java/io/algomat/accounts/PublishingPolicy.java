package io.algomat.accounts;

import io.algomat.platform.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

/** Who may publish on this site, as the administrator decides. */
@ApplicationScoped
public class PublishingPolicy {
    private static final String APPROVED = "SELECT count(*) FROM owner WHERE id = ? AND (approved_publisher OR site)";

    private final Sql sql;
    private final Audit audit;

    PublishingPolicy(Sql sql, Audit audit) {
        this.sql = sql;
        this.audit = audit;
    }

    /** Whether publishing needs the administrator's approval of the account. */
    public boolean approvedOnly() {
        return sql.first("SELECT value FROM site_setting WHERE name = 'publishers'", row -> row.getString("value"))
                .orElseThrow()
                .equals("approved");
    }

    @Transactional
    public void setApprovedOnly(Caller administrator, boolean approvedOnly) {
        String value = approvedOnly ? "approved" : "everyone";
        String before = sql.first(
                        "UPDATE site_setting SET value = ?, changed_at = now() WHERE name = 'publishers' RETURNING old.value",
                        row -> row.getString("value"),
                        value)
                .orElseThrow();
        audit.record(administrator, "publishing.policy", "site:publishers", null, new Audit.Change(before, value));
    }

    boolean allows(Caller caller) {
        if (caller.guest()) {
            return false;
        }
        return caller.administrator() || !approvedOnly() || sql.count(APPROVED, caller.ownerId()) > 0;
    }
}
