package io.algomat.catalog;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Publishes the starter algorithms behind the start, and tells how far it is by {@link SampleProgress} events. */
@ApplicationScoped
class StartSamples {
    private static final Logger LOG = Logger.getLogger(StartSamples.class);

    private final CatalogConfig config;
    private final PublishSamples samples;
    private final SamplesTurn turn;
    private final Event<SampleProgress> events;
    private @Nullable Thread running;

    StartSamples(CatalogConfig config, PublishSamples samples, SamplesTurn turn, Event<SampleProgress> events) {
        this.config = config;
        this.samples = samples;
        this.turn = turn;
        this.events = events;
    }

    void start(@Observes StartupEvent started) {
        if (config.publishSamples()) {
            running = Thread.ofVirtual().name("samples").start(this::publish);
        }
    }

    void stop(@Observes ShutdownEvent stopping) {
        if (running != null) {
            running.interrupt();
        }
    }

    private void publish() {
        try {
            turn.take(() -> samples.publish(progress -> {
                LOG.infof("Sample %s: %s %s", progress.folder(), progress.stage(), progress.detail());
                events.fire(progress);
            }));
        } catch (InterruptedException e) {
            LOG.debug("The gateway is stopping; the samples go on at its next start");
        }
    }
}
