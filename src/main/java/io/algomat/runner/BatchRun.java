package io.algomat.runner;

import io.algomat.runner.protocol.CallMessage;
import io.algomat.runner.protocol.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * The run of one batch: each input is read by itself, those that could be read run together, and where that fails each
 * runs once more alone, so that only the call at fault fails.
 */
final class BatchRun<P> {
    private final BatchTask<P> task;
    private final List<CallMessage> calls;
    private final Predicate<UUID> cancelled;
    private final Ended[] ends;

    /** @param cancelled asked between the steps: whether nobody waits for a call any more */
    BatchRun(BatchTask<P> task, List<CallMessage> calls, Predicate<UUID> cancelled) {
        this.task = task;
        this.calls = calls;
        this.cancelled = cancelled;
        this.ends = new Ended[calls.size()];
    }

    /** How each call ended, in their order. */
    List<Ended> run() {
        List<Integer> places = new ArrayList<>();
        List<P> prepared = new ArrayList<>();
        for (int i = 0; i < ends.length; i++) {
            try {
                prepared.add(task.prepare(calls.get(i).input()));
                places.add(i);
            } catch (Throwable e) {
                ends[i] = new Ended.Failed(e);
            }
        }
        for (int i = places.size() - 1; i >= 0; i--) {
            if (gone(places.get(i))) {
                prepared.remove(i);
                places.remove(i);
            }
        }
        if (!prepared.isEmpty() && !together(places, prepared)) {
            alone(places, prepared);
        }
        return Arrays.asList(ends);
    }

    private boolean together(List<Integer> places, List<P> prepared) {
        try {
            List<Value> outputs = task.together(prepared);
            for (int i = 0; i < places.size(); i++) {
                ends[places.get(i)] = new Ended.Done(outputs.get(i));
            }
            return true;
        } catch (Throwable e) {
            // Nobody can tell whose fault it is, not even of the memory that was short.
            return false;
        }
    }

    private void alone(List<Integer> places, List<P> prepared) {
        for (int i = 0; i < places.size(); i++) {
            int place = places.get(i);
            P one = prepared.get(i);
            if (!gone(place)) {
                ends[place] = Ended.of(() -> task.together(List.of(one)).getFirst());
            }
        }
    }

    private boolean gone(int place) {
        if (cancelled.test(calls.get(place).callId())) {
            ends[place] = new Ended.Failed(new InterruptedException());
            return true;
        }
        return false;
    }
}
