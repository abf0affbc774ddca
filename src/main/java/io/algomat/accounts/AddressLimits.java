package io.algomat.accounts;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.algomat.platform.ErrorCode;
import io.algomat.platform.NetworkAddress;
import io.algomat.platform.Problem;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.EstimationProbe;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** How often one network address may sign up or fail, on this gateway. */
@ApplicationScoped
class AddressLimits {
    enum Kind {
        SIGN_UP("Too many accounts were made"),
        FAILURE("Too many failed attempts"),
        UNKNOWN_KEY("Too many unknown API keys"),
        LEAK_REPORT("Too many reports of leaked keys");

        private final String excess;

        Kind(String excess) {
            this.excess = excess;
        }

        String excess() {
            return excess;
        }
    }

    private record Allowance(int tokens, Duration period) {
        Bucket bucket() {
            return Bucket.builder()
                    .addLimit(limit -> limit.capacity(tokens).refillGreedy(tokens, period))
                    .build();
        }
    }

    private record Spender(Kind kind, String network) {}

    private final Cache<Spender, Bucket> buckets = Caffeine.newBuilder()
            .maximumSize(100_000)
            .expireAfterAccess(Duration.ofHours(1))
            .build();
    private final AccountsConfig config;
    private final AddressesOverLimit overLimit;

    AddressLimits(AccountsConfig config, AddressesOverLimit overLimit) {
        this.config = config;
        this.overLimit = overLimit;
    }

    private Allowance allowance(Kind kind) {
        return switch (kind) {
            case SIGN_UP -> new Allowance(config.signUpsPerHour(), Duration.ofHours(1));
            case FAILURE -> new Allowance(config.failuresPerTenMinutes(), Duration.ofMinutes(10));
            case UNKNOWN_KEY -> new Allowance(config.unknownKeysPerMinute(), Duration.ofMinutes(1));
            case LEAK_REPORT -> new Allowance(config.leakReportsPerMinute(), Duration.ofMinutes(1));
        };
    }

    /** @throws Problem rate-limited, with the time to wait, once nothing is left of the allowance */
    void refuseIfSpent(Kind kind, String address) {
        Bucket bucket = buckets.getIfPresent(spender(kind, address));
        if (bucket != null) {
            EstimationProbe probe = bucket.estimateAbilityToConsume(1);
            if (!probe.canBeConsumed()) {
                throw refused(kind, address, Duration.ofNanos(probe.getNanosToWaitForRefill()));
            }
        }
    }

    /**
     * Takes one of the allowance before the attempt, so that a crowd of attempts at the same time gets no more than it
     * would one by one; {@link #giveBack} what was no failure.
     *
     * @throws Problem rate-limited, as {@link #refuseIfSpent}
     */
    void take(Kind kind, String address) {
        ConsumptionProbe probe = bucket(kind, address).tryConsumeAndReturnRemaining(1);
        if (!probe.isConsumed()) {
            throw refused(kind, address, Duration.ofNanos(probe.getNanosToWaitForRefill()));
        }
    }

    /** As {@link #take}, without a refusal that could tell anything. */
    boolean tryTake(Kind kind, String address) {
        boolean taken = bucket(kind, address).tryConsume(1);
        if (!taken) {
            overLimit.tell(kind, NetworkAddress.network(address));
        }
        return taken;
    }

    void giveBack(Kind kind, String address) {
        bucket(kind, address).addTokens(1);
    }

    void spend(Kind kind, String address) {
        bucket(kind, address).tryConsume(1);
    }

    private Bucket bucket(Kind kind, String address) {
        return buckets.get(spender(kind, address), ignored -> allowance(kind).bucket());
    }

    private Problem refused(Kind kind, String address, Duration wait) {
        overLimit.tell(kind, NetworkAddress.network(address));
        Duration whole = Duration.ofSeconds(wait.toSeconds() + 1);
        String time = whole.toMinutes() == 0
                ? whole.toSeconds() + " seconds"
                : "about " + (whole.toMinutes() + 1) + " minutes";
        return Problem.of(ErrorCode.RATE_LIMITED, kind.excess + " from your address; try again in " + time)
                .retryAfter(whole);
    }

    private static Spender spender(Kind kind, String address) {
        return new Spender(kind, NetworkAddress.network(address));
    }
}
