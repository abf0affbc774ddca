package io.algomat.calls;

import io.algomat.billing.Charge;
import io.algomat.billing.ChargesOfCalls;
import io.algomat.platform.Credits;
import io.algomat.platform.ErrorCode;
import io.algomat.platform.Ids;
import io.algomat.platform.Problem;
import io.algomat.workers.WorkerOutcome;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * Lets a call that carries an idempotency key run once: whoever repeats it is given the same answer. The key is in the
 * database before the call runs, and its answer before it is charged, so that a gateway that dies leaves nothing unclear
 * but a call that is free and may run again.
 */
@ApplicationScoped
class RunOnce {
    private static final Logger LOG = Logger.getLogger(RunOnce.class);
    private static final int TRIES = 3;

    /** What is to be done about a call. */
    sealed interface Turn {
        /** @param callId the id under which it runs */
        record Run(UUID callId) implements Turn {}

        /** It ran before. @param charge null when it was free */
        record Repeat(UUID callId, KeptAnswer answer, WorkerOutcome outcome, Optional<Charge> charge) implements Turn {}
    }

    private final OnceRows rows;
    private final ChargesOfCalls charges;
    private final CallsConfig config;
    private final Clock clock;
    /** Those with a key that this gateway runs. */
    private final Set<UUID> running = ConcurrentHashMap.newKeySet();

    RunOnce(OnceRows rows, ChargesOfCalls charges, CallsConfig config, Clock clock) {
        this.rows = rows;
        this.charges = charges;
        this.config = config;
        this.clock = clock;
    }

    /** @throws Problem key-reused, still-running or answer-gone */
    Turn begin(Call call) {
        String key = call.key();
        if (key == null) {
            return new Turn.Run(Ids.newCallId(clock));
        }
        byte[] fingerprint = Fingerprint.of(call);
        for (int i = 0; i < TRIES; i++) {
            Optional<Turn> turn = turn(call.caller().ownerId(), key, fingerprint);
            if (turn.isPresent()) {
                return turn.get();
            }
        }
        throw stillRunning();
    }

    /** Empty when another changed the row meanwhile. */
    private Optional<Turn> turn(long account, String key, byte[] fingerprint) {
        UUID id = Ids.newCallId(clock);
        if (rows.accept(account, key, fingerprint, id)) {
            return Optional.of(run(id));
        }
        Optional<OnceRows.Row> found = rows.find(account, key);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        OnceRows.Row row = found.get();
        if (!Arrays.equals(row.fingerprint(), fingerprint)) {
            throw Problem.of(
                    ErrorCode.KEY_REUSED,
                    "This Idempotency-Key was used for another algorithm or another input; a new call needs a new key");
        }
        if (row.done()) {
            return Optional.of(repeat(row, charges.find(row.callId(), account)));
        }
        if (row.alive()) {
            throw stillRunning();
        }
        // Its gateway died. From here on it is charged or it never will be.
        Optional<Charge> charge = charges.findOrVoid(row.callId(), account);
        if (charge.isPresent()) {
            rows.done(row.callId());
            return Optional.of(repeat(row, charge));
        }
        return rows.takeOver(row.callId(), id) ? Optional.of(run(id)) : Optional.empty();
    }

    private Turn run(UUID id) {
        running.add(id);
        return new Turn.Run(id);
    }

    private Turn repeat(OnceRows.Row row, Optional<Charge> charge) {
        KeptAnswer answer = row.answer();
        byte[] output = row.output();
        if (answer == null || answer.kind() != null && output == null) {
            String call = Ids.callText(row.callId());
            Credits cost = charge.map(Charge::whole).orElse(Credits.ZERO);
            throw Problem.of(
                            ErrorCode.ANSWER_GONE,
                            "This call ran as " + call + " and cost " + cost + " credits, once. Answers are kept for "
                                    + config.answerRetention().toHours() + " hours, up to "
                                    + config.maxKeptAnswer().asLongValue()
                                    + " bytes; this one is not. To run it again, use a new key.")
                    .with("ran", call)
                    .with("cost", cost.toString());
        }
        WorkerOutcome outcome = answer.outcome(output == null ? new byte[0] : output);
        return new Turn.Repeat(row.callId(), answer, outcome, charge);
    }

    /**
     * Keeps the answer, before the call is charged.
     *
     * @param totalNanos since the call came in
     * @throws Problem still-running, when this gateway was taken for dead and the call runs elsewhere
     */
    void answered(Running call, WorkerOutcome outcome, long totalNanos) {
        if (call.call().key() == null) {
            return;
        }
        boolean mine = switch (outcome) {
            case WorkerOutcome.Succeeded done ->
                rows.answered(
                        call.callId(),
                        false,
                        KeptAnswer.of(call.version(), done, totalNanos),
                        done.output().size() <= config.maxKeptAnswer().asLongValue()
                                ? done.output().bytes()
                                : null);
            case WorkerOutcome.Failed failed ->
                rows.answered(call.callId(), true, KeptAnswer.of(call.version(), failed, totalNanos), null);
            case WorkerOutcome.Cancelled _ -> {
                ended(call.callId());
                yield true;
            }
        };
        if (!mine) {
            throw stillRunning();
        }
    }

    /** The call was charged or was free. What fails here is found out by who repeats it. */
    void settled(Running call, WorkerOutcome outcome) {
        if (call.call().key() != null && running.remove(call.callId()) && outcome instanceof WorkerOutcome.Succeeded) {
            attempt(() -> rows.done(call.callId()));
        }
    }

    /** The platform refused the call or failed at it. Only when it may have been charged the key stays with it. */
    void failed(UUID callId, ErrorCode code) {
        if (code == ErrorCode.CHARGE_UNCONFIRMED) {
            running.remove(callId);
        } else {
            ended(callId);
        }
    }

    private void ended(UUID callId) {
        if (running.remove(callId)) {
            attempt(() -> rows.forget(callId));
        }
    }

    /** So that other gateways see that the calls still run. */
    @Scheduled(every = "2s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void beat() {
        if (!running.isEmpty()) {
            attempt(() -> rows.beat(running));
        }
    }

    private static void attempt(Runnable change) {
        try {
            change.run();
        } catch (RuntimeException e) {
            LOG.warnf("A call's idempotency key could not be written: %s", e.getMessage());
        }
    }

    private static Problem stillRunning() {
        return Problem.of(
                        ErrorCode.STILL_RUNNING,
                        "A call with this Idempotency-Key is running; its answer will be given to the same key")
                .retryAfter(Duration.ofSeconds(1));
    }
}
