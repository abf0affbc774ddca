package io.algomat.billing;

import io.algomat.platform.ErrorCode;
import io.algomat.platform.Problem;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One writer commits the charges of all calls that ended while it was committing those before: the more calls, the fewer
 * transactions for each. A charge that comes alone is committed alone, at once; where many calls are under way, the first
 * waits a moment for others ({@link Pace}).
 */
@ApplicationScoped
class GroupCommit {
    /** Root calls in one transaction. */
    private static final int MOST = 500;

    /** Root calls that may wait; more would be given up before their turn. */
    private static final int MOST_WAITING = 20_000;

    private static final int STOP_SECONDS = 30;
    private static final Duration BEAT = Duration.ofMillis(1);

    private final CommitCharge charges;
    private final DeadLetters deadLetters;
    private final DistributionSummary sizes;
    private final BlockingQueue<Waiting> queue = new LinkedBlockingQueue<>();
    private final Watch watch;
    private final Breaker breaker;
    private final Pace pace;
    private final Thread writer;
    private boolean started;

    @Inject
    GroupCommit(CommitCharge charges, DeadLetters deadLetters, MeterRegistry registry) {
        this(
                charges,
                deadLetters,
                registry,
                Watch.SYSTEM,
                Thread.ofPlatform().name("charges").factory());
    }

    GroupCommit(
            CommitCharge charges, DeadLetters deadLetters, MeterRegistry registry, Watch watch, ThreadFactory threads) {
        this.watch = watch;
        this.breaker = new Breaker(watch);
        this.pace = new Pace(watch.nanos());
        this.writer = threads.newThread(this::write);
        this.charges = charges;
        this.deadLetters = deadLetters;
        this.sizes = DistributionSummary.builder("algo.charges.together")
                .description("Root calls that were charged in one transaction")
                .register(registry);
        Gauge.builder("algo.charges.waiting", queue, BlockingQueue::size)
                .description("Root calls that wait for the transaction before theirs")
                .register(registry);
    }

    /** @param dues null tells the writer to end */
    private record Waiting(@Nullable List<Due> dues, long begunNanos, CompletableFuture<Charge> charge) {}

    /**
     * Lets a call begin that will have to be charged.
     *
     * @throws Problem database-away, when nothing was charged for two seconds though it was tried; overloaded
     */
    void admit() {
        if (queue.size() >= MOST_WAITING) {
            throw Problem.of(ErrorCode.OVERLOADED, "Too many calls wait for their charge. This one did not run.")
                    .retryAfter(Breaker.AWAY);
        }
        if (!breaker.lets()) {
            throw Problem.of(
                            ErrorCode.DATABASE_AWAY,
                            "The database takes no charges at the moment, so the call did not run. Nothing was charged.")
                    .retryAfter(Breaker.AWAY);
        }
    }

    /**
     * Charges a root call and those below it, together with others. May be tried again after any failure.
     *
     * @param dues the root call's first
     * @param begunNanos by the watch: when the root call was let in
     * @param giveUpNanos by the watch: nobody waits for longer
     * @throws SQLException when it is not known to be committed
     * @throws Problem payment-required, when the credit behind the hold was spent elsewhere
     */
    Charge commit(List<Due> dues, long begunNanos, long giveUpNanos) throws SQLException {
        Waiting waiting = new Waiting(dues, begunNanos, new CompletableFuture<>());
        start();
        queue.add(waiting);
        return await(waiting, giveUpNanos);
    }

    /** An interrupt ends the waiting of nobody: the charge is under way, and its answer decides what the caller is told. */
    private Charge await(Waiting waiting, long giveUpNanos) throws SQLException {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return watch.await(waiting.charge(), giveUpNanos);
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (TimeoutException e) {
                    // Who is not served yet is not waited for either; who is may be charged yet.
                    throw queue.remove(waiting)
                            ? new SQLTimeoutException("The charge did not have its turn in time", "57014")
                            : new OpenCharge.StillOpen(waiting.charge());
                } catch (ExecutionException e) {
                    switch (e.getCause()) {
                        case SQLException failure -> throw failure;
                        case RuntimeException failure -> throw failure;
                        case null, default -> throw new IllegalStateException(e);
                    }
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Root calls that wait for the transaction before theirs. */
    int waiting() {
        return queue.size();
    }

    private synchronized void start() {
        if (!started) {
            started = true;
            writer.start();
        }
    }

    private void write() {
        List<Waiting> together = new ArrayList<>();
        boolean on = true;
        while (on) {
            try {
                together.add(queue.take());
            } catch (InterruptedException e) {
                return;
            }
            gather();
            queue.drainTo(together, MOST - 1);
            on = together.stream().noneMatch(waiting -> waiting.dues() == null);
            together.removeIf(waiting -> waiting.dues() == null);
            if (!together.isEmpty()) {
                commit(together);
            }
            together.clear();
        }
    }

    /** Lets others come to the one that was taken, if enough are to be expected. */
    private void gather() {
        long now = watch.nanos();
        pace.now(now);
        int enough = Math.min(MOST, pace.enough());
        long end = now + pace.patience().toNanos();
        while (queue.size() + 1 < enough && !watch.isOver(end) && watch.pause(BEAT)) {
            // They are counted again.
        }
    }

    private void commit(List<Waiting> together) {
        sizes.record(together.size());
        try {
            List<CommitCharge.Answer> answers =
                    charges.together(together.stream().map(GroupCommit::dues).toList());
            breaker.succeeded();
            long now = watch.nanos();
            pace.now(now);
            together.forEach(waiting -> pace.ended(now - waiting.begunNanos()));
            for (int i = 0; i < together.size(); i++) {
                answer(together.get(i), answers.get(i));
            }
        } catch (SQLException e) {
            if (Rows.mayPass(e)) {
                breaker.failed();
                // Whether it was committed is not known: each of them asks again, and finds what was charged before.
                together.forEach(waiting -> waiting.charge().completeExceptionally(e));
            } else {
                halve(together);
            }
        } catch (RuntimeException e) {
            halve(together);
        }
    }

    /** One of them is refused, or was charged before: it is found by halves, and the others stay together. */
    private void halve(List<Waiting> together) {
        if (together.size() == 1) {
            alone(together.getFirst());
        } else {
            int middle = together.size() / 2;
            commit(together.subList(0, middle));
            commit(together.subList(middle, together.size()));
        }
    }

    private void answer(Waiting waiting, CommitCharge.Answer answer) {
        switch (answer) {
            case CommitCharge.Answer.Made made -> waiting.charge().complete(made.charge());
            case CommitCharge.Answer.Refused _ -> alone(waiting);
        }
    }

    /** Alone it gets the answer that is its own; what the database refuses for good is kept as a dead letter. */
    private void alone(Waiting waiting) {
        try {
            waiting.charge().complete(charges.commit(dues(waiting)));
        } catch (SQLException e) {
            if (!Rows.mayPass(e)) {
                deadLetters.keep(dues(waiting), e);
            }
            waiting.charge().completeExceptionally(e);
        } catch (RuntimeException e) {
            waiting.charge().completeExceptionally(e);
        }
    }

    private static List<Due> dues(Waiting waiting) {
        List<Due> dues = waiting.dues();
        if (dues == null) {
            throw new IllegalStateException("the end has no charges");
        }
        return dues;
    }

    /** Commits what is still waiting, as the calls' answers wait for it. */
    @PreDestroy
    synchronized void stop() throws InterruptedException {
        if (started) {
            queue.add(new Waiting(null, 0, new CompletableFuture<>()));
            writer.join(TimeUnit.SECONDS.toMillis(STOP_SECONDS));
        }
    }
}
