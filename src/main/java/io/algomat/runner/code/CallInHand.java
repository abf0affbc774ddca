package io.algomat.runner.code;

import io.algomat.runner.CallObserver;
import io.algomat.runner.protocol.Failure;
import io.algomat.runner.protocol.FrameChannel;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What belongs to the call that the algorithm works on: what it prints, whom it calls, and its end if the code ends us. */
final class CallInHand implements CallObserver {
    private final FrameChannel data;
    private final CallLines lines;
    private final NestedCalls nested;
    private volatile @Nullable UUID current;

    CallInHand(FrameChannel data) {
        this.data = data;
        this.lines = new CallLines(data, this::flooded);
        this.nested = new NestedCalls(data);
    }

    NestedCalls nested() {
        return nested;
    }

    /** From now on what is printed belongs to the call in hand, and System.exit is told as what it is. */
    void capture() {
        System.setOut(new PrintStream(lines, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(lines, true, StandardCharsets.UTF_8));
        Runtime.getRuntime().addShutdownHook(new Thread(this::exits, "exit"));
    }

    @Override
    public void begins(UUID callId) {
        current = callId;
        lines.begin(callId);
        nested.begin(callId);
    }

    @Override
    public void ends() {
        current = null;
        nested.end();
        lines.end();
    }

    private void exits() {
        lastWord("SystemExit", "the algorithm ended its process");
    }

    private void flooded() {
        lastWord("OutputLimitError", "The algorithm wrote more to stdout and stderr than one call may");
        Runtime.getRuntime().halt(1);
    }

    private void lastWord(String errorType, String message) {
        UUID call = current;
        if (call != null) {
            lines.end();
            try {
                data.write(new Failure(0, errorType, message, "").frame(call));
            } catch (IOException e) {
                // The gateway sees the process end, and says that the worker was lost.
            }
        }
    }
}
