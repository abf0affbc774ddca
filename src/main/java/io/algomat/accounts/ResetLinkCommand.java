package io.algomat.accounts;

import io.algomat.platform.ErrorCode;
import io.algomat.platform.Problem;
import io.algomat.platform.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** Makes a link with which somebody who lost a password chooses a new one; an earlier link of theirs dies. */
@ApplicationScoped
public class ResetLinkCommand {
    private final Sql sql;
    private final AccountsConfig config;
    private final Audit audit;
    private final Clock clock;

    ResetLinkCommand(Sql sql, AccountsConfig config, Audit audit, Clock clock) {
        this.sql = sql;
        this.config = config;
        this.audit = audit;
        this.clock = clock;
    }

    /** For the command line: whoever may read the data folder needs no other leave. */
    @Transactional
    public String link(String user) {
        return link(null, user);
    }

    /**
     * @return the path to open in a browser
     * @throws Problem not-found, when there is no such user
     */
    @Transactional
    public String link(@Nullable Caller actor, String user) {
        record Found(long id, String name) {}
        Found found = sql.first(
                        "SELECT id, name FROM owner WHERE lower(name) = lower(?) AND kind = 'user' AND NOT guest",
                        row -> new Found(row.getLong("id"), row.getString("name")),
                        user.strip())
                .orElseThrow(() -> Problem.of(ErrorCode.NOT_FOUND, "There is no user '" + user + "'"));
        String token = OpaqueToken.random();
        sql.update("DELETE FROM reset_link WHERE owner_id = ?", found.id());
        sql.update(
                "INSERT INTO reset_link (token_hash, owner_id, expires_at) VALUES (?, ?, ?)",
                OpaqueToken.hash(token),
                found.id(),
                clock.instant().plus(config.resetLinkLife()));
        audit.record(actor, "password.link", "user:" + found.name(), null);
        return "/reset/" + token;
    }
}
