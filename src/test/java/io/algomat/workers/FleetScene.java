package io.algomat.workers;

import io.algomat.platform.Payload;
import io.algomat.runner.protocol.Kind;
import io.algomat.runner.protocol.ResultMessage;
import io.algomat.runner.protocol.Value;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** A fleet whose clock and workers are the test's: workers start, answer and die when the test says so. */
final class FleetScene {
    /** A worker that does what it is told by the test. */
    final class Actor implements Worker {
        final WorkerSpec spec;
        final WorkerStarter.Events events;
        final int number;
        List<WorkerCall> inHand = List.of();
        private List<CompletableFuture<Reply>> replies = List.of();
        boolean stopped;

        Actor(WorkerSpec spec, WorkerStarter.Events events, int number) {
            this.spec = spec;
            this.events = events;
            this.number = number;
        }

        void ready() {
            events.ready(this);
        }

        /** Ends what it has in hand well; before the last reply the worker is given back, as real ones do. */
        void answer() {
            List<CompletableFuture<Reply>> ended = replies;
            inHand = List.of();
            replies = List.of();
            events.free();
            ResultMessage message = new ResultMessage(new UUID(0, 0), 1, new Value(Kind.TEXT, new byte[0]));
            ended.forEach(reply -> reply.complete(new Reply.Result(message, "", Map.of())));
        }

        void die() {
            List<CompletableFuture<Reply>> ended = replies;
            inHand = List.of();
            replies = List.of();
            ended.forEach(reply -> reply.complete(new Reply.Lost(true)));
            events.exited();
        }

        List<String> texts() {
            return inHand.stream().map(call -> call.input().utf8()).toList();
        }

        @Override
        public String name() {
            return "actor-" + number;
        }

        @Override
        public int largestBatch() {
            return largestBatch;
        }

        @Override
        public long residentBytes() {
            return residentBytes;
        }

        @Override
        public List<CompletableFuture<Reply>> begin(List<WorkerCall> calls) {
            inHand = List.copyOf(calls);
            replies = calls.stream().map(call -> new CompletableFuture<Reply>()).toList();
            return replies;
        }

        @Override
        public void abandon(UUID callId) {}

        @Override
        public void sweep(long nanoTime) {}

        @Override
        public void stop() {
            stopped = true;
        }
    }

    final List<Actor> actors = new ArrayList<>();
    final Fleet fleet;
    long now = 1_000 * FleetForTests.SECOND;
    int largestBatch = 1;
    long residentBytes;

    FleetScene(FleetLimits limits) {
        this(limits, SpareStarter.NONE);
    }

    FleetScene(FleetLimits limits, SpareStarter spares) {
        fleet = new Fleet(
                limits, () -> now, (spec, events) -> actors.add(new Actor(spec, events, actors.size() + 1)), spares);
    }

    Actor last() {
        return actors.getLast();
    }

    static WorkerSpec spec(String pool, Reuse reuse, long megabytes) {
        return new WorkerSpec(
                pool,
                Runtime.DJL,
                "identity",
                Map.of(),
                Path.of("."),
                null,
                "cpu",
                reuse,
                Limits.of(megabytes << 20),
                true,
                true);
    }

    Ticket join(WorkerSpec spec, long caller, String text) {
        return join(spec, caller, text, 60 * FleetForTests.SECOND);
    }

    Ticket join(WorkerSpec spec, long caller, String text, long nanos) {
        return fleet.enqueue(spec, call(caller, text, nanos), null);
    }

    WorkerCall call(long caller, String text, long nanos) {
        return new WorkerCall(
                UUID.randomUUID(), caller, Payload.text(text), now + nanos, 1, new CompletableFuture<>(), CallOut.NONE);
    }

    /** Lets time go by in steps of the regular look. */
    void pass(long nanos) {
        for (long end = now + nanos; now < end; now += 100 * FleetForTests.MILLI) {
            fleet.tick();
        }
    }

    PoolView view(String pool) {
        return fleet.readings().views(java.time.Instant.EPOCH).stream()
                .filter(view -> view.pool().equals(pool))
                .findFirst()
                .orElseThrow();
    }
}
