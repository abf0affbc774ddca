package io.algomat.accounts;

import io.algomat.platform.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** The audit log: one row for each administrative and security act, written in the act's own transaction. */
@ApplicationScoped
public class Audit {
    /**
     * What an act changed, in a few words for people; never a secret.
     *
     * @param before null where there was nothing
     * @param after null where nothing is left
     */
    public record Change(@Nullable String before, @Nullable String after) {
        /** For acts that are events, or whose change stands elsewhere for good, as that of money in the ledger. */
        public static final Change NONE = new Change(null, null);
    }

    private final Sql sql;
    private final AddressMechanism from;
    private final Clock clock;

    Audit(Sql sql, AddressMechanism from, Clock clock) {
        this.sql = sql;
        this.from = from;
        this.clock = clock;
    }

    /** An act that changes nothing that could be told in a few words. */
    @Transactional(TxType.MANDATORY)
    public void record(@Nullable Caller actor, String act, String subject, @Nullable String reason) {
        record(actor, act, subject, reason, Change.NONE);
    }

    /**
     * @param actor who acted, or null for the system
     * @param act verb such as {@code credit.grant}, {@code user.disable}, {@code algorithm.take-down}
     * @param subject what was acted on, such as {@code user:ada}
     * @param reason why, in the actor's words, or null
     */
    @Transactional(TxType.MANDATORY)
    public void record(@Nullable Caller actor, String act, String subject, @Nullable String reason, Change change) {
        write(
                actor == null ? null : actor.ownerId(),
                actor == null ? null : actor.keyId(),
                act,
                subject,
                reason,
                change);
    }

    /** The act of an account that is known by its id. */
    @Transactional(TxType.MANDATORY)
    public void recordOf(long owner, String act, String subject, Change change) {
        write(owner, null, act, subject, null, change);
    }

    /** The act of an account upon itself, such as signing in. */
    @Transactional(TxType.MANDATORY)
    public void recordSelf(long owner, String act) {
        recordSelf(owner, act, Change.NONE);
    }

    /** The same with what it changed. */
    @Transactional(TxType.MANDATORY)
    public void recordSelf(long owner, String act, Change change) {
        String name = sql.first("SELECT name FROM owner WHERE id = ?", row -> row.getString("name"), owner)
                .orElseThrow();
        write(owner, null, act, "user:" + name, null, change);
    }

    private void write(
            @Nullable Long actor,
            @Nullable Long key,
            String act,
            String subject,
            @Nullable String reason,
            Change change) {
        sql.update(
                """
                INSERT INTO audit (at, actor_id, key_id, address, act, subject, reason, before, after)
                VALUES (?, ?, ?::bigint, ?, ?, ?, ?, ?, ?)
                """,
                clock.instant(),
                actor,
                key,
                from.address(),
                act,
                subject,
                reason,
                change.before(),
                change.after());
    }
}
