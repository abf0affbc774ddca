package io.algomat.accounts;

import io.algomat.platform.Channel;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import javax.sql.DataSource;

/** Listens for changes of keys, owners and memberships made on any gateway, and evicts what they touch. */
@ApplicationScoped
class CallerChanges {
    /** A third of the time after which a deaf gateway stops trusting its cache. */
    private static final Duration BEAT = Duration.ofMillis(250);

    private final Channel channel;

    CallerChanges(DataSource database, KeyCache cache) {
        channel = new Channel(database, "caller_changed", BEAT, new Evicting(cache));
    }

    void start(@Observes StartupEvent event) {
        channel.start();
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        channel.stop();
    }

    private static final class Evicting implements Channel.Hearer {
        private final KeyCache cache;
        /** The answer may be under way for long, and says nothing of what changed meanwhile. */
        private long askedAt;

        Evicting(KeyCache cache) {
            this.cache = cache;
        }

        @Override
        public void listening() {
            cache.evictAll();
        }

        @Override
        public void heard(String told) {
            cache.evictOwner(Long.parseLong(told));
        }

        @Override
        public void asking() {
            askedAt = cache.now();
        }

        @Override
        public void answered() {
            cache.heard(askedAt);
        }
    }
}
