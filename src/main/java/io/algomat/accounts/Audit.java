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
    private final Sql sql;
    private final Clock clock;

    Audit(Sql sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
    }

    /**
     * @param actor who acted, or null for the system
     * @param act verb such as {@code credit.grant}, {@code user.disable}, {@code algorithm.take-down}
     * @param subject what was acted on, such as {@code user:ada}
     * @param reason why, in the actor's words, or null
     */
    @Transactional(TxType.MANDATORY)
    public void record(@Nullable Caller actor, String act, String subject, @Nullable String reason) {
        sql.update(
                "INSERT INTO audit (at, actor_id, act, subject, reason) VALUES (?, ?, ?, ?, ?)",
                clock.instant(),
                actor == null ? null : actor.ownerId(),
                act,
                subject,
                reason);
    }
}
