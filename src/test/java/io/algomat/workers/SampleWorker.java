package io.algomat.workers;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.algomat.platform.Payload;
import io.algomat.platform.Units;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;

/** One of the samples' algorithms in real sandboxed workers, asked for results and refusals. */
final class SampleWorker {
    private static final long MEMORY = 512L << 20;

    private final Workers workers;
    private final Path sample;
    private final String task;
    private final Map<String, String> options;

    SampleWorker(Path data, String sample, String task, Map<String, String> options) {
        this.workers = WorkersForTests.in(data, Map.of());
        this.sample = WorkersForTests.SAMPLES.resolve(sample);
        this.task = task;
        this.options = options;
    }

    void stop() {
        workers.stop();
    }

    Payload file(String input) {
        try {
            return Payload.binary(Files.readAllBytes(sample.resolve("inputs").resolve(input)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String base64(String input) {
        return Base64.getEncoder().encodeToString(file(input).bytes());
    }

    JsonObject result(Payload input) {
        WorkerOutcome outcome = call(task, options, input);
        assertThat(outcome).isInstanceOf(WorkerOutcome.Succeeded.class);
        return JsonParser.parseString(
                        ((WorkerOutcome.Succeeded) outcome).output().utf8())
                .getAsJsonObject();
    }

    /** What a call reported. */
    Map<String, Units> reported(Payload input) {
        return CodeWorker.succeeded(call(task, options, input)).metrics();
    }

    /** The words of an input's refusal. */
    String failure(Payload input) {
        return failed(call(task, options, input), "InputError");
    }

    /** The words with which loading with these options alone is refused. */
    String loading(Map<String, String> refused) {
        return failed(call(task, refused, Payload.json("{}")), "LoadingError");
    }

    private WorkerOutcome call(String called, Map<String, String> given, Payload input) {
        return workers.call(
                WorkersForTests.djl(called + given, called, given, sample, MEMORY, false, true),
                WorkersForTests.call(input));
    }

    private static String failed(WorkerOutcome outcome, String errorType) {
        assertThat(outcome).isInstanceOf(WorkerOutcome.Failed.class);
        WorkerOutcome.Failed failed = (WorkerOutcome.Failed) outcome;
        assertThat(failed.errorType()).isEqualTo(errorType);
        return failed.message();
    }
}
