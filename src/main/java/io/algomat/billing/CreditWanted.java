package io.algomat.billing;

import io.algomat.platform.Channel;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import javax.sql.DataSource;

/**
 * Hears other gateways ask for credit. One that is not heard is refused a call at worst: idle credit comes back by itself.
 */
@ApplicationScoped
class CreditWanted {
    private static final Duration BEAT = Duration.ofSeconds(2);

    private final Channel channel;

    CreditWanted(DataSource database, Purses purses) {
        channel = new Channel(database, "credit_wanted", BEAT, told -> {
            long owner = Long.parseLong(told);
            // Apart, since giving back may wait for a charge and the next wish must not.
            Thread.ofVirtual().name("credit-back").start(() -> purses.wanted(owner));
        });
    }

    void start(@Observes StartupEvent event) {
        channel.start();
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        channel.stop();
    }
}
