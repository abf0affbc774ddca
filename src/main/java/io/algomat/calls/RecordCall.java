package io.algomat.calls;

import io.algomat.billing.Charge;
import io.algomat.billing.HoldRequest;
import io.algomat.platform.ErrorCode;
import io.algomat.workers.Timing;
import io.algomat.workers.WorkerOutcome;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

/** Tells the log and the meters how a call ended. */
@ApplicationScoped
class RecordCall {
    private final CallLog log;
    private final CallMeters meters;

    RecordCall(CallLog log, CallMeters meters) {
        this.log = log;
        this.meters = meters;
    }

    void ended(Running running, CallResult result) {
        Timing timing = result.outcome().timing();
        switch (result.outcome()) {
            case WorkerOutcome.Succeeded _ ->
                record(running, Outcome.SUCCEEDED, null, timing, receipt(result.charge()));
            case WorkerOutcome.Failed failed ->
                record(running, Outcome.FAILED, failed.errorType(), timing, LoggedCall.Receipt.FREE);
            case WorkerOutcome.Cancelled _ -> record(running, Outcome.CANCELLED, null, timing, LoggedCall.Receipt.FREE);
        }
    }

    /** What the platform did to a call that was already let in. */
    void failed(Running running, ErrorCode code) {
        Outcome outcome = code == ErrorCode.CHARGE_UNCONFIRMED ? Outcome.UNCONFIRMED : Outcome.FAILED;
        record(running, outcome, code.slug(), Timing.NONE, LoggedCall.Receipt.FREE);
    }

    void refused(ErrorCode code) {
        meters.refused(code);
    }

    private void record(
            Running running, Outcome outcome, @Nullable String errorType, Timing timing, LoggedCall.Receipt receipt) {
        HoldRequest held = running.hold().request();
        LoggedCall.Micros micros = new LoggedCall.Micros(
                timing.queueNanos() / 1000,
                timing.coldNanos() / 1000,
                timing.computeNanos() / 1000,
                running.elapsedNanos() / 1000);
        meters.ended(outcome, timing, running.elapsedNanos());
        log.record(new LoggedCall(
                held.callId(),
                held.callerId(),
                held.keyId(),
                held.publisherId(),
                held.algorithm(),
                held.versionId(),
                held.version(),
                running.call().front(),
                outcome,
                errorType,
                where(timing, held),
                micros,
                receipt));
    }

    /** A call that no worker had is told with the kind of device that it asked for. */
    private static LoggedCall.Where where(Timing timing, HoldRequest held) {
        String device = timing.device().isEmpty() ? held.device() : timing.device();
        return new LoggedCall.Where(timing.worker(), device, timing.attempts());
    }

    private static LoggedCall.Receipt receipt(@Nullable Charge charge) {
        return charge == null
                ? LoggedCall.Receipt.FREE
                : new LoggedCall.Receipt(
                        charge.total(), charge.royalty(), charge.fee(), charge.compute(), charge.promo());
    }
}
