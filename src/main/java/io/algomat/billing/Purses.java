package io.algomat.billing;

import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/** The purses of this gateway, one for each account that called since the epoch began. */
@ApplicationScoped
class Purses {
    private static final Logger LOG = Logger.getLogger(Purses.class);

    private final Map<Long, Purse> purses = new ConcurrentHashMap<>();
    private final Claims gateway;
    private final Leases leases;
    private final Watch watch;

    @Inject
    Purses(Claims gateway, Leases leases) {
        this(gateway, leases, Watch.SYSTEM);
    }

    Purses(Claims gateway, Leases leases, Watch watch) {
        this.gateway = gateway;
        this.leases = leases;
        this.watch = watch;
    }

    /** Of this epoch; calls of one that is over keep the purse that they were held in. */
    Purse of(long owner) {
        Claim now = gateway.claim();
        Purse known = purses.get(owner);
        return known != null && known.claim().equals(now)
                ? known
                : purses.compute(
                        owner,
                        (id, other) ->
                                other != null && other.claim().equals(now) ? other : new Purse(leases, now, id, watch));
    }

    /** Another gateway needs credit of this owner. */
    void wanted(long owner) {
        Purse purse = purses.get(owner);
        if (purse != null) {
            giveBack(purse);
        }
    }

    /** What a purse of an epoch that is over had is given back already. */
    @Scheduled(every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void giveBackIdle() {
        purses.values().removeIf(purse -> !gateway.is(purse.claim()));
        purses.values().stream().filter(Purse::isIdle).forEach(Purses::giveBack);
    }

    private static void giveBack(Purse purse) {
        try {
            purse.giveBack();
        } catch (RuntimeException e) {
            LOG.debugf("Credit is given back later: %s", e.getMessage());
        }
    }
}
