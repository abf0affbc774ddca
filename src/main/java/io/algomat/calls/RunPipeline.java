package io.algomat.calls;

import com.fasterxml.jackson.databind.JsonNode;
import io.algomat.catalog.Pipeline;
import io.algomat.platform.ErrorCode;
import io.algomat.platform.Payload;
import io.algomat.platform.Problem;
import io.algomat.workers.Timing;
import io.algomat.workers.WorkerOutcome;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One run of a pipeline, on virtual threads: each step begins when the steps that it needs have answered. The first
 * failure interrupts all others and is the pipeline's own.
 */
final class RunPipeline {
    /** What the platform did, which is told as it is; all else that is refused is the pipeline's fault. */
    private static final Set<ErrorCode> PLATFORM = EnumSet.of(
            ErrorCode.PAYMENT_REQUIRED,
            ErrorCode.RATE_LIMITED,
            ErrorCode.INTERNAL,
            ErrorCode.WORKER_LOST,
            ErrorCode.OVERLOADED,
            ErrorCode.SANDBOX_UNAVAILABLE,
            ErrorCode.DATABASE_AWAY);
    /** It has no process and computes nothing that is billed. */
    private static final Timing NO_TIME = new Timing(0, 0, 0, "", "cpu", 1, 0);

    /** How it ended before its answer: an outcome, or what the platform threw. */
    private record Broken(
            @Nullable WorkerOutcome outcome, @Nullable Problem problem) {}

    private final RunVersion runner;
    private final Standing at;
    private final Pipeline pipeline;
    private final AtomicReference<@Nullable Broken> broken = new AtomicReference<>();
    private final Map<String, CountDownLatch> done = new HashMap<>();

    RunPipeline(RunVersion runner, Standing at, Pipeline pipeline) {
        this.runner = runner;
        this.at = at;
        this.pipeline = pipeline;
        pipeline.steps().forEach(step -> done.put(step.name(), new CountDownLatch(1)));
    }

    /** @throws Problem what the platform refused or failed at, with the step's name */
    WorkerOutcome run(Payload input) {
        StepValues values = new StepValues(input);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Pipeline.Step step : pipeline.steps()) {
                threads.execute(() -> step(step, values, threads));
            }
        } catch (RejectedExecutionException stopped) {
            // A step has failed before the last one began.
        }
        Broken failure = broken.get();
        if (failure == null) {
            return answer(values);
        }
        if (failure.problem() != null) {
            throw failure.problem();
        }
        return failure.outcome() == null ? new WorkerOutcome.Cancelled(NO_TIME) : failure.outcome();
    }

    private void step(Pipeline.Step step, StepValues values, ExecutorService threads) {
        try {
            for (String needed : step.needs()) {
                CountDownLatch ready = done.get(needed);
                if (ready != null) {
                    ready.await();
                }
            }
            Payload value = step.each() == null
                    ? one(step, step.name(), values)
                    : each(step, values, values.list(step.each()), threads);
            if (value != null) {
                values.put(step.name(), value);
                done.getOrDefault(step.name(), new CountDownLatch(0)).countDown();
            }
        } catch (StepValues.Missing missing) {
            fail(unmade("Step '" + step.name() + "'", missing), threads);
        } catch (InterruptedException interrupted) {
            fail(new Broken(new WorkerOutcome.Cancelled(NO_TIME), null), threads);
        } catch (Problem problem) {
            fail(refused(step, problem), threads);
        }
        if (broken.get() != null) {
            threads.shutdownNow();
        }
    }

    /** Null when the run is broken off. */
    private @Nullable Payload one(Pipeline.Step step, String label, StepValues values) throws StepValues.Missing {
        Payload input = values.payload(step.input());
        return switch (runner.call(at, step.call(), label, input, null)) {
            case WorkerOutcome.Succeeded done -> done.output();
            case WorkerOutcome.Failed failed -> {
                String message = "Step '" + label + "' (" + step.call() + "): " + failed.message();
                WorkerOutcome outcome = new WorkerOutcome.Failed(failed.errorType(), message, null, "", NO_TIME);
                broken.compareAndSet(null, new Broken(outcome, null));
                yield null;
            }
            case WorkerOutcome.Cancelled _ -> {
                broken.compareAndSet(null, new Broken(new WorkerOutcome.Cancelled(NO_TIME), null));
                yield null;
            }
        };
    }

    private @Nullable Payload each(Pipeline.Step step, StepValues values, JsonNode items, ExecutorService threads)
            throws StepValues.Missing {
        Payload[] answers = new Payload[items.size()];
        AtomicInteger next = new AtomicInteger();
        try (ExecutorService lanes = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int lane = 0; lane < Math.min(step.parallel(), items.size()); lane++) {
                lanes.execute(() -> lane(step, values, items, answers, next, threads));
            }
        }
        return broken.get() == null ? StepValues.gathered(step.name(), Arrays.asList(answers)) : null;
    }

    private void lane(
            Pipeline.Step step,
            StepValues values,
            JsonNode items,
            Payload[] answers,
            AtomicInteger next,
            ExecutorService threads) {
        for (int i = next.getAndIncrement(); i < answers.length && broken.get() == null; i = next.getAndIncrement()) {
            String label = step.name() + "[" + i + "]";
            try {
                Payload answer = one(step, label, values.at(items.get(i)));
                if (answer != null) {
                    answers[i] = answer;
                }
            } catch (StepValues.Missing missing) {
                fail(unmade("Step '" + label + "'", missing), threads);
            } catch (Problem problem) {
                fail(refused(step, problem), threads);
            }
        }
        if (broken.get() != null) {
            threads.shutdownNow();
        }
    }

    private void fail(Broken how, ExecutorService threads) {
        broken.compareAndSet(null, how);
        threads.shutdownNow();
    }

    private WorkerOutcome answer(StepValues values) {
        try {
            Payload output = values.payload(pipeline.answer());
            if (output.size() > at.maxOutputBytes()) {
                return failed(
                        "TooLargeError",
                        "The answer has " + output.size() + " bytes; at most " + at.maxOutputBytes() + " are taken");
            }
            return new WorkerOutcome.Succeeded(output, "", NO_TIME);
        } catch (StepValues.Missing missing) {
            return failed(unmadeType(missing), "The answer: " + missing.getMessage());
        }
    }

    private static Broken unmade(String where, StepValues.Missing missing) {
        return new Broken(failed(unmadeType(missing), where + ": " + missing.getMessage()), null);
    }

    private static String unmadeType(StepValues.Missing missing) {
        return missing.input ? "InputError" : "AlgorithmError";
    }

    private static Broken refused(Pipeline.Step step, Problem problem) {
        String message = "Step '" + step.name() + "' (" + step.call() + "): " + problem.detail();
        return PLATFORM.contains(problem.code())
                ? new Broken(null, problem.saying(message))
                : new Broken(failed("AlgorithmError", message), null);
    }

    private static WorkerOutcome failed(String errorType, String message) {
        return new WorkerOutcome.Failed(errorType, message, null, "", NO_TIME);
    }
}
