package io.algomat.billing;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import java.time.Clock;
import javax.sql.DataSource;

/** The billing of one more gateway on a database, as its beans would make it, for tests of several. Its heart beats by hand. */
final class OneGateway implements AutoCloseable {
    final Gateway gateway;
    final Purses purses;
    final Billing billing;
    private final GroupCommit group;
    private final FreeCalls freeCalls;
    private final CreditWanted wanted;

    OneGateway(DataSource database, Balances balances, SpendLimits limits, BillingConfig config) {
        this(new Gateway(database), database, balances, limits, config);
    }

    private OneGateway(
            Gateway gateway, DataSource database, Balances balances, SpendLimits limits, BillingConfig config) {
        this(gateway, new LeaseRows(database, gateway, balances), database, limits, config);
    }

    /** @param limits are read by its own guard: it knows of no other gateway's calls */
    OneGateway(Gateway gateway, Leases leases, DataSource database, SpendLimits limits, BillingConfig config) {
        this.gateway = gateway;
        this.purses = new Purses(gateway, leases);
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        CommitCharge commitCharge = new CommitCharge(new LedgerRows(database, new Accounts(database)));
        this.group = new GroupCommit(commitCharge, new DeadLetters(database, meters), meters);
        SpendGuard guard = new SpendGuard(limits, Clock.systemUTC());
        this.freeCalls = new FreeCalls(commitCharge, meters);
        this.billing = new GatewayBilling(purses, commitCharge, group, freeCalls, guard, config);
        this.wanted = new CreditWanted(database, purses);
        wanted.start(new StartupEvent());
    }

    @Override
    public void close() throws InterruptedException {
        group.stop();
        freeCalls.stop();
        wanted.stop(new ShutdownEvent());
        gateway.leave(new ShutdownEvent());
    }
}
