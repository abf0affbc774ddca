package io.algomat.runner;

import static org.assertj.core.api.Assertions.assertThat;

import io.algomat.runner.protocol.CallMessage;
import io.algomat.runner.protocol.Kind;
import io.algomat.runner.protocol.Value;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BatchRunTest {
    private final Set<UUID> cancelled = new HashSet<>();
    private final List<List<String>> runs = new ArrayList<>();
    private List<CallMessage> calls = List.of();

    /** Refuses "bad" while it reads, and cannot run anything together with "poison". */
    private final class Shout implements BatchTask<String> {
        @Override
        public int largestBatch() {
            return 8;
        }

        @Override
        public String prepare(Value input) throws InputException {
            if (input.utf8().equals("bad")) {
                throw new InputException("expected something good");
            }
            return input.utf8();
        }

        @Override
        public List<Value> together(List<String> prepared) {
            runs.add(prepared);
            if (prepared.contains("poison")) {
                throw new IllegalStateException("no antidote");
            }
            if (prepared.contains("huge") && prepared.size() > 1) {
                throw new OutOfMemoryError("Java heap space");
            }
            return prepared.stream().map(text -> value(text + "!")).toList();
        }
    }

    private static Value value(String text) {
        return new Value(Kind.TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    private List<String> run(String... texts) {
        calls = Stream.of(texts)
                .map(text -> new CallMessage(UUID.randomUUID(), 1000, 1000, value(text)))
                .toList();
        return rerun();
    }

    private List<String> rerun() {
        return new BatchRun<>(new Shout(), calls, cancelled::contains)
                .run().stream()
                        .map(ended -> switch (ended) {
                            case Ended.Done(var output) -> output.utf8();
                            case Ended.Failed(var cause) -> cause.getClass().getSimpleName();
                        })
                        .toList();
    }

    @Test
    void aBadInputFailsAloneAndTheOthersStillRunTogether() {
        assertThat(run("a", "bad", "b")).containsExactly("a!", "InputException", "b!");
        assertThat(runs).containsExactly(List.of("a", "b"));
    }

    @Test
    void whereTheRunFailsEachIsTriedAlone() {
        assertThat(run("a", "poison", "b")).containsExactly("a!", "IllegalStateException", "b!");
        assertThat(runs).hasSize(4);
    }

    @Test
    void memoryThatWasShortForAllMayDoForEach() {
        assertThat(run("a", "huge")).containsExactly("a!", "huge!");
    }

    @Test
    void aCancelledCallIsLeftOutAndHurtsNoOther() {
        run("a", "b", "c");
        runs.clear();
        cancelled.add(calls.get(1).callId());

        assertThat(rerun()).containsExactly("a!", "InterruptedException", "c!");
        assertThat(runs).containsExactly(List.of("a", "c"));
    }

    @Test
    void nothingRunsForCallsThatAreAllCancelled() {
        run("a", "b");
        runs.clear();
        calls.forEach(call -> cancelled.add(call.callId()));

        assertThat(rerun()).containsOnly("InterruptedException");
        assertThat(runs).isEmpty();
    }
}
