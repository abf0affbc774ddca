package io.algomat.billing;

import io.algomat.platform.Credits;
import io.algomat.platform.Ids;
import io.algomat.platform.Price;
import io.algomat.platform.Sql;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/**
 * The ledger on a PostgreSQL with the settings of production, and no HTTP around it. Charges are held against leases and
 * paid from them, as a gateway does it.
 */
public final class BareLedger implements AutoCloseable {
    private static final Price PRICE = new Price(Credits.micro(10_000), Credits.ZERO, 1500);

    private final BareDatabase database;
    private final Gateway gateway;
    private final Purses purses;
    private final CommitCharge charges;
    private final GroupCommit group;
    private final FreeCalls freeCalls;
    private final Billing billing;
    private final List<Long> callers = new ArrayList<>();
    private final List<Long> publishers = new ArrayList<>();

    /** @param accounts how many callers there are, each with funded credit without end and a publisher of its own */
    public BareLedger(Path data, int accounts) throws Exception {
        database = new BareDatabase(data, 16);
        DataSource pool = database.pool;
        gateway = new Gateway(pool);
        purses = new Purses(gateway, new LeaseRows(pool, gateway, new Balances(new Sql(pool))));
        charges = new CommitCharge(new LedgerRows(pool, new Accounts(pool)));
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        group = new GroupCommit(charges, new DeadLetters(pool, meters), meters);
        SpendGuard limits = new SpendGuard(new SpendLimits(new Sql(pool), Clock.systemUTC()), Clock.systemUTC());
        freeCalls = new FreeCalls(charges, meters);
        billing = new GatewayBilling(purses, charges, group, freeCalls, limits, LedgerBeans.config(BillingConfig.class));
        try (Connection connection = pool.getConnection()) {
            for (int i = 0; i < accounts; i++) {
                publishers.add(owner(connection, "publisher" + i));
                callers.add(owner(connection, "caller" + i));
            }
            Accounts.Of site = Accounts.in(connection, Accounts.SITE);
            Credits plenty = Credits.of(1_000_000_000);
            for (long caller : callers) {
                Posting.Legs legs = new Posting.Legs()
                        .add(Accounts.in(connection, caller).id(AccountKind.FUNDED), plenty)
                        .add(site.id(AccountKind.FUNDING), plenty.negate());
                new Posting("credit_grant", "bench-" + caller, null, null, legs).book(connection);
            }
        }
    }

    private static long owner(Connection connection, String name) throws Exception {
        return Rows.first(
                        connection,
                        "INSERT INTO owner (name, display_name, kind) VALUES (?, ?, 'user') RETURNING id",
                        row -> row.getLong("id"),
                        name,
                        name)
                .orElseThrow();
    }

    /** One charge, in a transaction with all that wait with it. */
    public void together(int account) {
        billing.capture(billing.hold(call(account)), 1);
    }

    /** One charge in a transaction of its own. */
    public void alone(int account) {
        HoldRequest call = call(account);
        Credits held = Cost.most(call).total();
        Purse purse = purses.of(call.callerId());
        if (!purse.hold(held)) {
            throw new IllegalStateException("Credit without end has ended");
        }
        Due due = new Due(call, held, Cost.of(call, 1), purse.claim());
        purse.charge(held, () -> {
            try {
                return charges.commit(List.of(due));
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private HoldRequest call(int account) {
        return new HoldRequest(
                Ids.newCallId(Clock.systemUTC()),
                callers.get(account % callers.size()),
                null,
                publishers.get(account % publishers.size()),
                -1,
                "demo/echo",
                "1.0.0",
                "cpu",
                PRICE,
                1000,
                false);
    }

    /** Differences that {@code ./algomat verify} would count. */
    public long differences() throws Exception {
        return database.differences();
    }

    public Connection database() throws Exception {
        return database.owner();
    }

    @Override
    public void close() throws Exception {
        group.stop();
        freeCalls.stop();
        gateway.leave(new ShutdownEvent());
        database.close();
    }
}
