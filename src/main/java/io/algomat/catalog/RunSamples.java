package io.algomat.catalog;

import io.algomat.catalog.DraftView.Level;
import io.algomat.platform.Payload;
import io.algomat.platform.UnitPrice;
import io.algomat.platform.Units;
import io.algomat.workers.BuildFailed;
import io.algomat.workers.Timing;
import io.algomat.workers.WorkerOutcome;
import io.algomat.workers.WorkerSpec;
import io.algomat.workers.Workers;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Runs a draft's samples in a real worker and writes down what they answered. */
@ApplicationScoped
class RunSamples {
    /** @param reported whether the metric of its unit price was among what it reported */
    private record Ran(boolean passed, boolean reported) {}

    private static final Payload NOTHING = new Payload(Payload.Kind.VOID, new byte[0]);

    private final DraftRows rows;
    private final Manifests manifests;
    private final BuildDraft build;
    private final PinSteps pin;
    private final CallDraft calls;
    private final Workers workers;

    RunSamples(DraftRows rows, Manifests manifests, BuildDraft build, PinSteps pin, CallDraft calls, Workers workers) {
        this.rows = rows;
        this.manifests = manifests;
        this.build = build;
        this.pin = pin;
        this.calls = calls;
        this.workers = workers;
    }

    /** @return whether every sample passed */
    boolean run(DraftRows.Draft received) {
        Manifest manifest = manifests.of(received.sha256());
        say(
                received,
                Level.INFO,
                "Bundle of " + Sizes.text(received.bytes()) + " received and checked: " + manifest.path());
        try {
            return test(build.build(pinned(received, manifest), manifest.program()), manifest);
        } catch (BuildFailed failed) {
            say(received, Level.BAD, failed.reason());
            return false;
        }
    }

    /** Each step of a pipeline bound to the version that it has now; what was tested is what is published. */
    private DraftRows.Draft pinned(DraftRows.Draft draft, Manifest manifest) {
        Pipeline written = manifest.program().pipeline();
        if (written == null) {
            return draft;
        }
        Pipeline pinned = pin.pinned(written, draft.ownerId(), manifest.owner());
        rows.pinned(draft.id(), pinned);
        pinned.steps().forEach(step -> say(draft, Level.INFO, "Step '" + step.name() + "' calls " + step.call()));
        return draft.with(pinned);
    }

    private boolean test(DraftRows.Draft draft, Manifest manifest) {
        if (manifest.program().pipeline() == null) {
            say(
                    draft,
                    Level.INFO,
                    "Starting a worker: " + manifest.program().runtime() + ", " + manifest.task() + ", on "
                            + manifest.device());
        }
        WorkerSpec spec = calls.spec(draft, manifest);
        try {
            List<Ran> ran = new ArrayList<>();
            for (int i = 0; i < manifest.samples().size(); i++) {
                ran.add(runOne(draft, manifest, spec, i));
            }
            int all = ran.size();
            long passed = ran.stream().filter(Ran::passed).count();
            say(draft, passed == all ? Level.GOOD : Level.BAD, passed + " of " + all + " samples passed");
            return passed == all && pricedAsReported(draft, manifest.unit(), ran);
        } finally {
            workers.drain(spec.pool());
        }
    }

    /** A name that is reported by no sample is most likely written differently in the code: nobody would ever pay. */
    private boolean pricedAsReported(DraftRows.Draft draft, @Nullable UnitPrice unit, List<Ran> ran) {
        if (unit == null || ran.stream().anyMatch(Ran::reported)) {
            return true;
        }
        say(
                draft,
                Level.BAD,
                "price.unit is by " + unit.metric() + ", and no sample reported that metric; expected is that the"
                        + " algorithm calls metric(\"" + unit.metric() + "\", …)");
        return false;
    }

    private Ran runOne(DraftRows.Draft draft, Manifest manifest, WorkerSpec spec, int position) {
        Manifest.Sample sample = manifest.samples().get(position);
        Payload input = SampleInput.of(new BundleFiles(spec.artifact()), sample);
        WorkerOutcome outcome = calls.call(draft, manifest, spec, input, new CompletableFuture<>());
        Timing timing = outcome.timing();
        if (timing.coldNanos() > 0) {
            say(draft, Level.INFO, "The worker started and loaded in " + millis(timing.coldNanos()));
        }
        Payload output = outcome instanceof WorkerOutcome.Succeeded done ? JudgeAnswer.shown(done.output()) : NOTHING;
        String fault = switch (outcome) {
            case WorkerOutcome.Succeeded done -> JudgeAnswer.of(manifest, sample, done.output());
            case WorkerOutcome.Failed failed -> failed.errorType() + ": " + failed.message();
            case WorkerOutcome.Cancelled _ -> "It was cancelled";
        };
        boolean passed = fault.isEmpty();
        rows.sample(
                draft.id(),
                new DraftView.SampleRun(
                        position,
                        sample.name(),
                        passed,
                        fault,
                        output,
                        timing.computeNanos() / 1e6,
                        log(outcome),
                        trace(outcome)));
        say(
                draft,
                passed ? Level.GOOD : Level.BAD,
                "Sample '" + sample.name() + "' "
                        + (passed ? "passed in " + millis(timing.computeNanos()) : "failed. " + fault)
                        + reported(outcome));
        UnitPrice unit = manifest.unit();
        return new Ran(passed, unit != null && metrics(outcome).containsKey(unit.metric()));
    }

    private static Map<String, Units> metrics(WorkerOutcome outcome) {
        return outcome instanceof WorkerOutcome.Succeeded done ? done.metrics() : Map.of();
    }

    private static String reported(WorkerOutcome outcome) {
        String all = metrics(outcome).entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(metric -> metric.getValue() + " " + metric.getKey())
                .collect(Collectors.joining(", "));
        return all.isEmpty() ? "" : "; it reported " + all;
    }

    private static String log(WorkerOutcome outcome) {
        return switch (outcome) {
            case WorkerOutcome.Succeeded done -> done.log();
            case WorkerOutcome.Failed failed -> failed.log();
            case WorkerOutcome.Cancelled _ -> "";
        };
    }

    private static String trace(WorkerOutcome outcome) {
        return outcome instanceof WorkerOutcome.Failed failed
                ? Objects.requireNonNullElse(failed.stacktrace(), "")
                : "";
    }

    private void say(DraftRows.Draft draft, Level level, String line) {
        rows.log(draft.id(), level, line);
    }

    private static String millis(long nanos) {
        double millis = nanos / 1e6;
        return millis < 10_000
                ? String.format(Locale.ROOT, millis < 10 ? "%.2f ms" : "%.0f ms", millis)
                : String.format(Locale.ROOT, "%.1f s", millis / 1000);
    }
}
