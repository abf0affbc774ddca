package io.algomat.calls;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.algomat.accounts.Caller;
import io.algomat.accounts.Scope;
import io.algomat.platform.ErrorCode;
import io.algomat.platform.NetworkAddress;
import io.algomat.platform.Problem;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/**
 * Lets a call in or turns it away: the key's scope, then the limits per key, account and address. Buckets live in this
 * gateway's memory, for as long as they are not full again.
 */
@ApplicationScoped
class AdmitCall {
    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final int MOST_BUCKETS = 200_000;

    private enum By {
        KEY("this API key"),
        ACCOUNT("this account"),
        ADDRESS("this address"),
        GUEST_ADDRESS("a visitor's address");

        private final String words;

        By(String words) {
            this.words = words;
        }
    }

    private record Counted(By by, Object who) {}

    private final CallsConfig.Limits limits;
    private final Cache<Counted, Bucket> buckets = Caffeine.newBuilder()
            .maximumSize(MOST_BUCKETS)
            .expireAfterAccess(WINDOW)
            .build();

    AdmitCall(CallsConfig config) {
        this.limits = config.perMinute();
    }

    /** @throws Problem forbidden without the scope, rate-limited with the time to wait */
    Allowance admit(Caller caller, String address) {
        if (!caller.may(Scope.CALL)) {
            throw Problem.of(
                    ErrorCode.FORBIDDEN,
                    "This API key may not call algorithms: it lacks the scope '" + Scope.CALL.wire() + "'");
        }
        String network = NetworkAddress.network(address);
        if (caller.guest()) {
            return take(By.GUEST_ADDRESS, network, limits.guestAddress());
        }
        Allowance left = take(By.ADDRESS, network, limits.address())
                .tighter(take(By.ACCOUNT, caller.ownerId(), limits.account()));
        Long key = caller.keyId();
        return key == null ? left : left.tighter(take(By.KEY, key, limits.key()));
    }

    private Allowance take(By by, Object who, long perMinute) {
        if (perMinute <= 0) {
            return Allowance.UNLIMITED;
        }
        ConsumptionProbe probe =
                buckets.get(new Counted(by, who), _ -> bucket(perMinute)).tryConsumeAndReturnRemaining(1);
        if (!probe.isConsumed()) {
            throw Problem.of(
                            ErrorCode.RATE_LIMITED,
                            "More than " + perMinute + " calls a minute from " + by.words + "; wait and call again")
                    .with("limit", perMinute)
                    .retryAfter(Duration.ofNanos(probe.getNanosToWaitForRefill()));
        }
        return new Allowance(perMinute, probe.getRemainingTokens(), Duration.ofNanos(probe.getNanosToWaitForReset()));
    }

    private static Bucket bucket(long perMinute) {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(perMinute).refillGreedy(perMinute, WINDOW))
                .build();
    }
}
