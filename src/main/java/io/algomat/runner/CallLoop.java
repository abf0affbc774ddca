package io.algomat.runner;

import io.algomat.runner.protocol.CallMessage;
import io.algomat.runner.protocol.Failure;
import io.algomat.runner.protocol.FrameChannel;
import io.algomat.runner.protocol.ProtocolException;
import io.algomat.runner.protocol.ResultMessage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The calls' one thread: takes a call or a batch, runs it, writes the answers. With a task of ours it reads the data socket
 * itself and hands nothing to another thread, which keeps a round trip near ten microseconds; cancelling comes from the
 * control thread.
 */
final class CallLoop {
    private final Incoming incoming;
    private final FrameChannel data;
    private final Task task;
    private final CallObserver observer;
    private final Thread thread = Thread.currentThread();
    private final Cancelled cancelled = new Cancelled();
    private @Nullable UUID running;

    /** @param data for the answers */
    CallLoop(Incoming incoming, FrameChannel data, Task task, CallObserver observer) {
        this.incoming = incoming;
        this.data = data;
        this.task = task;
        this.observer = observer;
    }

    /** How many calls may be sent at once. */
    static int largestBatch(Task task) {
        return task instanceof BatchTask<?> batches ? batches.largestBatch() : 1;
    }

    /** Runs until the gateway closes the socket. */
    void run() throws IOException {
        while (true) {
            List<CallMessage> calls = incoming.next();
            if (calls.size() == 1) {
                answer(calls.getFirst());
            } else {
                answer(calls);
            }
        }
    }

    /** Interrupts the call if it still runs. Never hits the thread while it writes: an interrupt would close the socket. */
    synchronized void cancel(UUID callId) {
        cancelled.add(callId);
        if (callId.equals(running)) {
            thread.interrupt();
        }
    }

    private void answer(CallMessage call) throws IOException {
        long begin = System.nanoTime();
        Ended ended = Ended.of(() -> {
            begin(call.callId());
            try {
                return task.run(call.input());
            } finally {
                end();
            }
        });
        long compute = System.nanoTime() - begin;
        if (ended instanceof Ended.Done) {
            Reports.send(data, call.callId());
        }
        answer(call, compute, ended);
        exhausted(ended);
    }

    /** Each answer tells the whole batch's time: the gateway shares it out. */
    private void answer(List<CallMessage> calls) throws IOException {
        if (!(task instanceof BatchTask<?> batches)) {
            throw new ProtocolException("a batch for a task that takes one call at a time");
        }
        long begin = System.nanoTime();
        List<Ended> ends = new BatchRun<>(batches, calls, cancelled::has).run();
        long compute = System.nanoTime() - begin;
        for (int i = 0; i < ends.size(); i++) {
            answer(calls.get(i), compute, ends.get(i));
        }
        for (Ended ended : ends) {
            exhausted(ended);
        }
    }

    private void answer(CallMessage call, long compute, Ended ended) throws IOException {
        switch (ended) {
            case Ended.Done(var output)
            when output.bytes().length > call.maxOutputBytes() -> {
                String message =
                        "the output is " + output.bytes().length + " bytes; allowed are " + call.maxOutputBytes();
                fail(call, compute, "TooLargeError", message, null);
            }
            case Ended.Done(var output) -> new ResultMessage(call.callId(), compute, output).send(data);
            case Ended.Failed(InterruptedException e) ->
                fail(call, compute, "Cancelled", "the call was cancelled", null);
            case Ended.Failed(InputException e) -> fail(call, compute, "InputError", e.getMessage(), null);
            case Ended.Failed(AlgorithmFailure e) -> fail(call, compute, e.errorType(), e.getMessage(), e.getCause());
            case Ended.Failed(OutOfMemoryError e) ->
                fail(call, compute, "OutOfMemoryError", "the algorithm needs more memory than its worker has", null);
            case Ended.Failed(var cause) -> fail(call, compute, "AlgorithmError", cause.toString(), cause);
        }
    }

    /** A process whose memory was once short is not to be trusted again. */
    private static void exhausted(Ended ended) {
        if (ended instanceof Ended.Failed(OutOfMemoryError e)) {
            throw e;
        }
    }

    private synchronized void begin(UUID callId) throws InterruptedException {
        if (cancelled.has(callId)) {
            throw new InterruptedException();
        }
        running = callId;
        Reports.begin();
        observer.begins(callId);
    }

    private synchronized void end() {
        running = null;
        Thread.interrupted();
        Reports.end();
        observer.ends();
    }

    private void fail(
            CallMessage call, long compute, String errorType, @Nullable String message, @Nullable Throwable cause)
            throws IOException {
        String text = message == null ? errorType : message;
        data.write(new Failure(compute, errorType, text, stacktrace(cause)).frame(call.callId()));
    }

    static String stacktrace(@Nullable Throwable cause) {
        if (cause == null) {
            return "";
        }
        StringWriter out = new StringWriter();
        cause.printStackTrace(new PrintWriter(out));
        return out.toString();
    }
}
