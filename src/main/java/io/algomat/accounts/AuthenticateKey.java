package io.algomat.accounts;

import io.algomat.platform.ErrorCode;
import io.algomat.platform.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/** Finds the caller behind an API key. */
@ApplicationScoped
class AuthenticateKey {
    private final ApiKeyDigest digest;
    private final KeyCache cache;
    private final CallerRows rows;
    private final LastUse lastUse;
    private final AddressLimits limits;
    private final AccountsConfig config;
    private final Clock clock;

    AuthenticateKey(
            ApiKeyDigest digest,
            KeyCache cache,
            CallerRows rows,
            LastUse lastUse,
            AddressLimits limits,
            AccountsConfig config,
            Clock clock) {
        this.digest = digest;
        this.cache = cache;
        this.rows = rows;
        this.lastUse = lastUse;
        this.limits = limits;
        this.config = config;
        this.clock = clock;
    }

    /** @throws Problem unauthorized, the same for a key that is mistyped, unknown, revoked, expired or of a disabled owner */
    Caller authenticate(String key, String address) {
        if (!ApiKeyText.wellFormed(key)) {
            throw refused();
        }
        limits.refuseIfSpent(AddressLimits.Kind.UNKNOWN_KEY, address);
        Instant now = clock.instant();
        byte[] hashed = digest.of(key);
        Optional<Caller> caller = cache.get(hashed, () -> rows.byKey(hashed))
                .filter(found -> found.expiresAt() == null || now.isBefore(found.expiresAt()))
                .map(CallerRows.KeyCaller::caller)
                .filter(found -> config.guest() || !found.guest());
        if (caller.isEmpty()) {
            limits.spend(AddressLimits.Kind.UNKNOWN_KEY, address);
            throw refused();
        }
        lastUse.note(caller.get(), now);
        return caller.get();
    }

    private static Problem refused() {
        return Problem.of(ErrorCode.UNAUTHORIZED, "The API key is not valid");
    }
}
