package io.algomat.calls;

import io.algomat.billing.Charge;
import io.algomat.billing.HoldRequest;
import io.algomat.platform.ErrorCode;
import io.algomat.workers.Timing;
import io.algomat.workers.WorkerOutcome;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Tells the log and the meters how a call ended. */
@ApplicationScoped
class RecordCall {
    private final CallLog log;
    private final CallMeters meters;
    private final KeepText texts;

    RecordCall(CallLog log, CallMeters meters, KeepText texts) {
        this.log = log;
        this.meters = meters;
        this.texts = texts;
    }

    /** A call that another made: where it stands, and when it began by {@link System#nanoTime()}. */
    record Nested(Standing at, HoldRequest held, @Nullable String step, long startedNanos) {
        LoggedCall.Inside inside() {
            HoldRequest.Nesting nesting = Objects.requireNonNull(held.nesting(), "a nested call's place");
            return new LoggedCall.Inside(
                    nesting.rootCallId(), nesting.parentCallId(), step, (startedNanos - at.root().startedNanos) / 1000);
        }
    }

    private record Ended(Outcome outcome, @Nullable String errorType, Timing timing) {
        static Ended of(WorkerOutcome outcome) {
            return switch (outcome) {
                case WorkerOutcome.Succeeded done -> new Ended(Outcome.SUCCEEDED, null, done.timing());
                case WorkerOutcome.Failed failed -> new Ended(Outcome.FAILED, failed.errorType(), failed.timing());
                case WorkerOutcome.Cancelled cancelled -> new Ended(Outcome.CANCELLED, null, cancelled.timing());
            };
        }

        static Ended of(ErrorCode code) {
            Outcome outcome = code == ErrorCode.CHARGE_UNCONFIRMED ? Outcome.UNCONFIRMED : Outcome.FAILED;
            return new Ended(outcome, code.slug(), Timing.NONE);
        }
    }

    /** @param charge null when it was free, and so was all below it */
    void ended(RootCall root, HoldRequest held, WorkerOutcome outcome, @Nullable Charge charge) {
        texts.ended(root, held, outcome);
        root(root, held, Ended.of(outcome), charge);
    }

    /** What the platform did to a call that was already let in. */
    void failed(RootCall root, HoldRequest held, ErrorCode code) {
        root(root, held, Ended.of(code), null);
    }

    void ended(Nested nested, WorkerOutcome outcome) {
        texts.ended(nested.at().root(), nested.held(), outcome);
        nested(nested, Ended.of(outcome));
    }

    void failed(Nested nested, ErrorCode code) {
        nested(nested, Ended.of(code));
    }

    void refused(ErrorCode code) {
        meters.refused(code);
    }

    private void root(RootCall root, HoldRequest held, Ended ended, @Nullable Charge charge) {
        LoggedCall.Receipt receipt = charge == null ? LoggedCall.Receipt.FREE : LoggedCall.Receipt.of(charge);
        log.record(line(root, held, null, ended, root.startedNanos).paid(receipt));
        root.over(charge).forEach(log::record);
    }

    private void nested(Nested nested, Ended ended) {
        RootCall root = nested.at().root();
        root.ended(line(root, nested.held(), nested.inside(), ended, nested.startedNanos()))
                .forEach(log::record);
    }

    private LoggedCall line(
            RootCall root, HoldRequest held, LoggedCall.@Nullable Inside inside, Ended ended, long startedNanos) {
        Timing timing = ended.timing();
        long elapsed = System.nanoTime() - startedNanos;
        meters.ended(ended.outcome(), timing, elapsed);
        return new LoggedCall(
                held.callId(),
                held.callerId(),
                held.keyId(),
                held.publisherId(),
                held.algorithm(),
                held.versionId(),
                held.version(),
                root.front,
                inside,
                ended.outcome(),
                ended.errorType(),
                where(timing, held),
                new LoggedCall.Micros(
                        timing.queueNanos() / 1000,
                        timing.coldNanos() / 1000,
                        timing.computeNanos() / 1000,
                        elapsed / 1000),
                LoggedCall.Receipt.FREE,
                held.terms().labels());
    }

    /** A call that no worker had is told with the kind of device that it asked for. */
    private static LoggedCall.Where where(Timing timing, HoldRequest held) {
        String device = timing.device().isEmpty() ? held.device() : timing.device();
        return new LoggedCall.Where(timing.worker(), device, timing.attempts());
    }
}
