package io.algomat.catalog;

import io.algomat.platform.Sql;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/** What is found changes with the day on which an announced price counts, though nothing is published on it. */
@ApplicationScoped
class SearchCatchUp {
    private static final Logger LOG = Logger.getLogger(SearchCatchUp.class);

    private final Sql sql;

    SearchCatchUp(Sql sql) {
        this.sql = sql;
    }

    /** May run on every gateway at once: the second finds nothing left to do. */
    @Scheduled(every = "1m", delayed = "20s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void catchUp() {
        long algorithms = sql.count("SELECT search_catch_up()");
        if (algorithms > 0) {
            LOG.debugf("%d algorithms are found by the version whose price counts from now on", algorithms);
        }
    }
}
