package io.algomat.accounts;

import io.algomat.platform.ErrorCode;
import io.algomat.platform.PlatformConfig;
import io.algomat.platform.Problem;
import io.algomat.platform.Sql;
import io.algomat.platform.start.Secrets;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.Optional;

/**
 * The link that makes the first administrator. It is the same at every start, so that a line scrolled away can be read
 * again, and it is dead once an administrator exists.
 */
@ApplicationScoped
public class SetUpLink {
    private static final String FILE = "set-up-token";
    /** Any fixed number: whoever sets up holds this lock, so that one link makes one administrator. */
    private static final long LOCK = 4_731_902_216L;

    private final Sql sql;
    private final CreateOwner create;
    private final Passwords passwords;
    private final AddressLimits limits;
    private final Audit audit;
    private final Secrets secrets;

    SetUpLink(
            Sql sql,
            CreateOwner create,
            Passwords passwords,
            AddressLimits limits,
            Audit audit,
            PlatformConfig platform) {
        this.sql = sql;
        this.create = create;
        this.passwords = passwords;
        this.limits = limits;
        this.audit = audit;
        this.secrets = new Secrets(platform.data());
    }

    /** The path to open in a browser, until an administrator exists. */
    public Optional<String> path() throws IOException {
        return administratorExists() ? Optional.empty() : Optional.of("/set-up/" + secrets.get(FILE));
    }

    /** @throws Problem not-found, when this is not the link or it was used; rate-limited, after too many wrong ones */
    public void check(String token, String address) {
        limits.refuseIfSpent(AddressLimits.Kind.FAILURE, address);
        if (administratorExists() || !MessageDigest.isEqual(OpaqueToken.hash(token), OpaqueToken.hash(expected()))) {
            limits.spend(AddressLimits.Kind.FAILURE, address);
            throw used();
        }
    }

    /**
     * Makes the administrator.
     *
     * @throws Problem as {@link #check} does; invalid, naming the field
     */
    public Identity use(String token, String name, String password, String address) {
        check(token, address);
        String checked = OwnerName.checked(name);
        String hash = passwords.hash("password", password);
        return QuarkusTransaction.requiringNew().call(() -> {
            sql.list("SELECT pg_advisory_xact_lock(?)", row -> true, LOCK);
            if (administratorExists()) {
                throw used();
            }
            long id = create.create(checked, CreateOwner.Kind.USER).orElseThrow(() -> OwnerName.taken(checked));
            sql.update("UPDATE owner SET administrator = true, approved_publisher = true WHERE id = ?", id);
            passwords.store(id, hash);
            audit.record(null, "administrator.set-up", "user:" + checked, null);
            return new Identity.Local(id);
        });
    }

    private boolean administratorExists() {
        return sql.count("SELECT count(*) FROM owner WHERE administrator") > 0;
    }

    private String expected() {
        try {
            return secrets.get(FILE);
        } catch (IOException e) {
            throw new IllegalStateException("The set-up link cannot be read from the data folder", e);
        }
    }

    private static Problem used() {
        return Problem.of(ErrorCode.NOT_FOUND, "This set-up link is not valid, or it was used already");
    }
}
