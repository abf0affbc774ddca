package io.algomat.accounts;

import io.algomat.platform.ErrorCode;
import io.algomat.platform.Problem;
import io.algomat.platform.Sql;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Optional;

/** Sets a new password by a link, once, and signs the account out everywhere. */
@ApplicationScoped
public class ResetPassword {
    private record Account(long id, String name) {}

    private static final String FIND = """
            SELECT o.id, o.name FROM reset_link l JOIN owner o ON o.id = l.owner_id
            WHERE l.token_hash = ? AND l.expires_at > ?
            """;

    private final Sql sql;
    private final Passwords passwords;
    private final Sessions sessions;
    private final AddressLimits limits;
    private final Audit audit;
    private final Clock clock;

    ResetPassword(Sql sql, Passwords passwords, Sessions sessions, AddressLimits limits, Audit audit, Clock clock) {
        this.sql = sql;
        this.passwords = passwords;
        this.sessions = sessions;
        this.limits = limits;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Whose link this is.
     *
     * @throws Problem not-found, when it was used, is too old or never was one; rate-limited, after too many such
     */
    public String check(String token, String address) {
        limits.refuseIfSpent(AddressLimits.Kind.FAILURE, address);
        return find(token).map(Account::name).orElseThrow(() -> {
            limits.spend(AddressLimits.Kind.FAILURE, address);
            return used();
        });
    }

    /** @throws Problem as {@link #check} does; invalid, naming the field */
    public void use(String token, String password, String address) {
        check(token, address);
        String hash = passwords.hash("password", password);
        QuarkusTransaction.requiringNew().run(() -> {
            Account account = find(token).orElseThrow(ResetPassword::used);
            if (sql.update("DELETE FROM reset_link WHERE token_hash = ?", (Object) OpaqueToken.hash(token)) == 0) {
                throw used();
            }
            passwords.store(account.id(), hash);
            sessions.revokeAll(account.id());
            audit.record(null, "password.reset", "user:" + account.name(), null);
        });
    }

    private Optional<Account> find(String token) {
        return sql.first(
                FIND,
                row -> new Account(row.getLong("id"), row.getString("name")),
                OpaqueToken.hash(token),
                clock.instant());
    }

    private static Problem used() {
        return Problem.of(
                ErrorCode.NOT_FOUND, "This link is not valid, too old, or it was used already; ask for another");
    }
}
