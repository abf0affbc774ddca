package io.algomat.billing;

import io.algomat.platform.Credits;
import io.algomat.platform.ErrorCode;
import io.algomat.platform.Ids;
import io.algomat.platform.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * Holds in memory, charges in groups. A gateway that dies takes its holds with it, and with them nothing but calls that
 * nobody was answered for.
 */
@ApplicationScoped
class GatewayBilling implements Billing {
    private static final Logger LOG = Logger.getLogger(GatewayBilling.class);

    private final Purses purses;
    private final CommitCharge commitCharge;
    private final GroupCommit group;
    private final FreeCalls freeCalls;
    private final SpendGuard limits;
    private final BillingConfig config;
    /** By the root call. */
    private final Map<UUID, Tab> open = new ConcurrentHashMap<>();

    private final Watch watch;

    @Inject
    GatewayBilling(
            Purses purses,
            CommitCharge commitCharge,
            GroupCommit group,
            FreeCalls freeCalls,
            SpendGuard limits,
            BillingConfig config) {
        this(purses, commitCharge, group, freeCalls, limits, config, Watch.SYSTEM);
    }

    GatewayBilling(
            Purses purses,
            CommitCharge commitCharge,
            GroupCommit group,
            FreeCalls freeCalls,
            SpendGuard limits,
            BillingConfig config,
            Watch watch) {
        this.watch = watch;
        this.purses = purses;
        this.commitCharge = commitCharge;
        this.group = group;
        this.freeCalls = freeCalls;
        this.limits = limits;
        this.config = config;
    }

    @Override
    public Hold hold(HoldRequest request) {
        HoldRequest.Nesting nesting = request.nesting();
        if (nesting != null) {
            Tab tab = open.get(nesting.rootCallId());
            if (tab == null) {
                throw Problem.of(ErrorCode.CONFLICT, "The call that this one was made inside of has ended");
            }
            return tab.carve(request, nesting);
        }
        Hold hold = Hold.of(request, request.terms().maxCost());
        if (!hold.amount().isZero()) {
            group.admit();
        }
        Purse purse = purses.of(request.callerId());
        LimitHold limited = limits.hold(request, hold.amount());
        if (!held(purse, hold.amount(), limited)) {
            throw Shortage.of(hold.amount(), purse.available());
        }
        if (open.putIfAbsent(request.callId(), new Tab(hold, purse, limited, watch::nanos)) != null) {
            limited.release();
            purse.release(hold.amount());
            throw new IllegalStateException(Ids.callText(request.callId()) + " has a hold already");
        }
        return hold;
    }

    private static boolean held(Purse purse, Credits amount, LimitHold limited) {
        boolean held = false;
        try {
            held = purse.hold(amount);
        } finally {
            if (!held) {
                limited.release();
            }
        }
        return held;
    }

    @Override
    public void settle(Hold nested, Usage usage) {
        Tab tab = open.get(root(nested));
        if (tab != null) {
            tab.settle(nested, usage);
        }
    }

    @Override
    public Charge capture(Hold root, Usage usage) {
        HoldRequest request = root.request();
        if (request.nesting() != null) {
            throw new IllegalArgumentException("A nested call is charged with its root");
        }
        Tab tab = open.remove(request.callId());
        if (tab == null) {
            return chargedBefore(request);
        }
        List<Due> dues = dues(tab, usage);
        long giveUp = watch.nanos() + config.confirmWithin().toNanos();
        Purse purse = tab.purse();
        Credits held = tab.end();
        if (Split.total(dues).isZero() && !tab.limits().limited()) {
            purse.release(held);
            freeCalls.add(dues);
            return Charge.of(dues, Split.of(dues, Credits.ZERO));
        }
        return tab.limits().charge(() -> purse.charge(held, () -> commit(dues, tab.sinceNanos(), giveUp)));
    }

    private static List<Due> dues(Tab tab, Usage usage) {
        try {
            return tab.dues(usage);
        } catch (Problem refused) {
            end(tab);
            throw refused;
        }
    }

    private static void end(Tab tab) {
        tab.limits().release();
        tab.purse().release(tab.end());
    }

    @Override
    public void release(Hold hold) {
        if (hold.request().nesting() == null) {
            Tab tab = open.remove(hold.request().callId());
            if (tab != null) {
                end(tab);
            }
        } else {
            Tab tab = open.get(root(hold));
            if (tab != null) {
                tab.strike(hold.request().callId());
            }
        }
    }

    private static UUID root(Hold hold) {
        HoldRequest.Nesting nesting = hold.request().nesting();
        return nesting == null ? hold.request().callId() : nesting.rootCallId();
    }

    @Override
    public Credits available(long ownerId) {
        return purses.of(ownerId).balance();
    }

    private Charge chargedBefore(HoldRequest request) {
        try {
            return commitCharge
                    .find(request)
                    .orElseThrow(() -> new IllegalStateException(
                            "The hold of " + Ids.callText(request.callId()) + " was released before"));
        } catch (SQLException e) {
            throw Rows.away(e);
        }
    }

    /** A commit whose answer was lost may have happened; trying again finds it by its call id, so that nothing is charged twice. */
    private Charge commit(List<Due> dues, long begunNanos, long giveUpNanos) {
        String call = Ids.callText(dues.getFirst().request().callId());
        if (watch.isOver(giveUpNanos)) {
            // Its time went by behind a reading of the account's balance.
            throw Problem.of(
                            ErrorCode.DATABASE_AWAY,
                            "The charge of " + call + " could not be made in time. Nothing was charged")
                    .retryAfter(Duration.ofSeconds(5));
        }
        while (true) {
            try {
                return group.commit(dues, begunNanos, giveUpNanos);
            } catch (SQLException e) {
                if (!Rows.mayPass(e)) {
                    throw new IllegalStateException("The ledger refused the charge of " + call, e);
                }
                if (watch.isOver(giveUpNanos) || !watch.pause(config.retryEvery())) {
                    LOG.errorf(e, "The charge of %s could not be confirmed", call);
                    throw e instanceof OpenCharge.StillOpen open
                            ? new OpenCharge(unconfirmed(call), open)
                            : unconfirmed(call);
                }
                LOG.warnf("The charge of %s is tried again: %s", call, e.getMessage());
            }
        }
    }

    private static Problem unconfirmed(String call) {
        return Problem.of(
                        ErrorCode.CHARGE_UNCONFIRMED,
                        "The database did not confirm the charge of " + call
                                + " in time. It was charged once or not at all; /billing tells.")
                .with("call", call)
                .retryAfter(Duration.ofSeconds(5));
    }
}
