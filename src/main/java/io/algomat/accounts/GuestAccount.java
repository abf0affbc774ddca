package io.algomat.accounts;

import io.algomat.platform.ErrorCode;
import io.algomat.platform.Problem;
import io.algomat.platform.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.Set;

/** The one account that visitors share: it may call and nothing else, and nobody signs in to it. */
@ApplicationScoped
class GuestAccount {
    private static final String NAME = "guest";

    private final Sql sql;
    private final CreateOwner create;
    private final CallerRows callers;
    private final AccountsConfig config;

    GuestAccount(Sql sql, CreateOwner create, CallerRows callers, AccountsConfig config) {
        this.sql = sql;
        this.create = create;
        this.callers = callers;
        this.config = config;
    }

    Caller caller() {
        if (!config.guest()) {
            throw Problem.of(ErrorCode.UNAUTHORIZED, "Sign in to run an algorithm: this site has no guest account");
        }
        return callers.byId(id(), Set.of(Scope.CALL))
                .orElseThrow(() -> Problem.of(ErrorCode.FORBIDDEN, "The guest account is disabled; sign in instead"));
    }

    /** The account's id; it is made on first use. */
    @Transactional
    long id() {
        create.create(NAME, CreateOwner.Kind.GUEST);
        return sql.first("SELECT id FROM owner WHERE guest", row -> row.getLong("id"))
                .orElseThrow();
    }
}
