package io.algomat.runner;

import java.util.UUID;

/** Is told by the calls' thread which call it has in hand. */
public interface CallObserver {
    /** For tasks that neither write logs nor call others. */
    CallObserver NONE = new CallObserver() {
        @Override
        public void begins(UUID callId) {}

        @Override
        public void ends() {}
    };

    void begins(UUID callId);

    /** The call's code has returned; its answer is written after this. */
    void ends();
}
