package io.algomat.workers;

import org.jspecify.annotations.Nullable;

/** Starts sandboxes before a version wants them; returns at once and tells later. */
interface SpareStarter {
    /** Where there are none. */
    SpareStarter NONE = new SpareStarter() {
        @Override
        public @Nullable SpareKind kind(WorkerSpec spec) {
            return null;
        }

        @Override
        public void begin(SpareKind kind, WorkerSpec like, Events events) {
            events.gone();
        }
    };

    /** {@code ready} comes once at the most; {@code gone} once, unless it has become a worker. */
    interface Events {
        void ready(Spare spare);

        void gone();
    }

    /** The kind of sandbox that a worker of this version could begin in; null where it needs one of its own. */
    @Nullable
    SpareKind kind(WorkerSpec spec);

    /** @param like a version of this kind */
    void begin(SpareKind kind, WorkerSpec like, Events events);
}
