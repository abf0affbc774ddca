package io.algomat.workers;

import io.algomat.platform.ErrorCode;
import io.algomat.platform.Problem;
import io.algomat.runner.protocol.FrameChannel;
import io.algomat.runner.protocol.OutCall;
import io.algomat.runner.protocol.OutError;
import io.algomat.runner.protocol.OutResult;
import io.algomat.runner.protocol.ProtocolException;
import io.algomat.runner.protocol.Value;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jboss.logging.Logger;

/** The calls that a call in a worker's hand makes, each on a virtual thread of its own. */
final class NestedCalls {
    private static final Logger LOG = Logger.getLogger(NestedCalls.class);
    /** More in flight are refused. */
    static final int MOST = 24;
    /** A worker that has more without an answer, refusals among them, does not read its socket. */
    private static final int MOST_UNANSWERED = 1000;

    private final WorkerCall call;
    private final FrameChannel data;
    private final Map<Integer, Thread> running = new HashMap<>(0);
    private long bytes;
    private int unanswered;
    private boolean ended;

    NestedCalls(WorkerCall call, FrameChannel data) {
        this.call = call;
        this.data = data;
    }

    /** Does not wait. */
    synchronized void begin(OutCall out) throws ProtocolException {
        if (ended) {
            return;
        }
        if (running.containsKey(out.number())) {
            throw new ProtocolException("a second nested call with the number " + out.number());
        }
        if (++unanswered > MOST_UNANSWERED) {
            throw new ProtocolException("more than " + MOST_UNANSWERED + " nested calls without an answer");
        }
        Thread.Builder thread = Thread.ofVirtual().name("nested call of " + call.callId());
        if (running.size() >= MOST) {
            refuse(thread, out, ErrorCode.RATE_LIMITED, "A call may have " + MOST + " others in flight, not more");
        } else if (bytes + out.input().bytes().length > Value.MAX_BYTES) {
            refuse(
                    thread,
                    out,
                    ErrorCode.TOO_LARGE,
                    "The inputs in flight hold more than " + Value.MAX_BYTES + " bytes");
        } else {
            bytes += out.input().bytes().length;
            Thread runs = thread.unstarted(() -> run(out));
            running.put(out.number(), runs);
            runs.start();
        }
    }

    /** The call has ended, or is to end: what it still waits for ends too, and is not told to it. */
    synchronized void end() {
        ended = true;
        running.values().forEach(Thread::interrupt);
        running.clear();
    }

    private void refuse(Thread.Builder thread, OutCall out, ErrorCode code, String why) {
        thread.start(() -> answer(out, error(out, code.slug(), why)));
    }

    private void run(OutCall out) {
        Answer answer = result(out);
        if (finish(out)) {
            // What would interrupt it is over; a late interrupt would close the socket under the write.
            Thread.interrupted();
            answer(out, answer);
        }
    }

    private Answer result(OutCall out) {
        Duration timeout = out.timeoutMillis() == 0 ? null : Duration.ofMillis(out.timeoutMillis());
        try {
            return switch (call.out().call(out.algorithm(), Wire.payload(out.input()), timeout)) {
                case WorkerOutcome.Succeeded succeeded -> {
                    OutResult result = new OutResult(out.callId(), out.number(), Wire.value(succeeded.output()));
                    yield () -> result.send(data);
                }
                case WorkerOutcome.Failed failed -> error(out, failed.errorType(), failed.message());
                case WorkerOutcome.Cancelled cancelled -> error(out, "Cancelled", "The nested call was cancelled");
            };
        } catch (Problem e) {
            return error(out, e.code().slug(), e.detail());
        } catch (RuntimeException e) {
            LOG.error("A nested call failed in the gateway", e);
            return error(out, ErrorCode.INTERNAL.slug(), "The platform failed");
        }
    }

    private Answer error(OutCall out, String errorType, String message) {
        return () -> data.write(new OutError(out.number(), errorType, message).frame(out.callId()));
    }

    private synchronized boolean finish(OutCall out) {
        if (ended) {
            return false;
        }
        bytes -= out.input().bytes().length;
        return running.remove(out.number()) != null;
    }

    private void answer(OutCall out, Answer answer) {
        try {
            answer.send();
        } catch (IOException e) {
            LOG.debugf("The worker was gone before nested call %d came back", out.number());
        }
        synchronized (this) {
            unanswered--;
        }
    }

    private interface Answer {
        void send() throws IOException;
    }
}
