package io.algomat.runner.code;

import io.algomat.runner.protocol.Frame;
import io.algomat.runner.protocol.FrameChannel;
import io.algomat.runner.protocol.OutCall;
import io.algomat.runner.protocol.OutError;
import io.algomat.runner.protocol.OutResult;
import io.algomat.runner.protocol.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The calls that the call in hand makes of other algorithms, as many at once as the code likes. */
final class NestedCalls {
    private final FrameChannel data;
    private final Map<Integer, CompletableFuture<Value>> waiting = new HashMap<>();
    private @Nullable UUID current;
    private int numbers;

    NestedCalls(FrameChannel data) {
        this.data = data;
    }

    synchronized void begin(UUID callId) {
        current = callId;
        numbers = 0;
    }

    /** Whoever still waits is told: no answer comes any more. */
    void end() {
        List<CompletableFuture<Value>> left;
        synchronized (this) {
            current = null;
            left = List.copyOf(waiting.values());
            waiting.clear();
        }
        left.forEach(answer -> answer.completeExceptionally(ended()));
    }

    private static NestedCallFailed ended() {
        return new NestedCallFailed("Cancelled", "the call that made this one has ended");
    }

    /**
     * Sends the call; its answer fails with {@link NestedCallFailed}.
     *
     * @param timeoutMillis 0 for all that is left of the call in hand
     */
    CompletableFuture<Value> call(String algorithm, Value input, int timeoutMillis) {
        CompletableFuture<Value> answer = new CompletableFuture<>();
        OutCall out;
        synchronized (this) {
            UUID call = current;
            if (call == null) {
                answer.completeExceptionally(new NestedCallFailed(
                        "forbidden", "algorithms can be called only while a call is being answered"));
                return answer;
            }
            int number = numbers++;
            waiting.put(number, answer);
            out = new OutCall(call, number, timeoutMillis, algorithm, input);
        }
        CallLines.Uninterrupted.write(() -> out.send(data));
        return answer;
    }

    void answered(OutResult result) {
        CompletableFuture<Value> answer = take(result.callId(), result.number());
        if (answer != null) {
            answer.complete(result.output());
        }
    }

    void failed(Frame frame, OutError error) {
        CompletableFuture<Value> answer = take(frame.callId(), error.number());
        if (answer != null) {
            answer.completeExceptionally(new NestedCallFailed(error.errorType(), error.message()));
        }
    }

    private synchronized @Nullable CompletableFuture<Value> take(UUID call, int number) {
        return call.equals(current) ? waiting.remove(number) : null;
    }
}
