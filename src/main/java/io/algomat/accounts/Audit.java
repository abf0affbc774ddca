package io.algomat.accounts;

import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

/** The audit log: one row for each administrative and security act, written in the act's own transaction. */
@ApplicationScoped
public class Audit {
    /**
     * @param actor who acted, or null for the system
     * @param act verb such as {@code credit.grant}, {@code user.disable}, {@code algorithm.take-down}
     * @param subject what was acted on, such as {@code user:ada}
     * @param reason why, in the actor's words, or null
     */
    public void record(@Nullable Caller actor, String act, String subject, @Nullable String reason) {
        throw new UnsupportedOperationException("accounts");
    }
}
