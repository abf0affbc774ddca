package io.algomat.billing;

import java.time.Duration;

/** Elapsed time, and waiting, as billing knows them: apart from the machine's, so that a simulation can have its own. */
interface Watch {
    Watch SYSTEM = new Watch() {
        @Override
        public long nanos() {
            return System.nanoTime();
        }

        @Override
        public boolean pause(Duration time) {
            try {
                Thread.sleep(time);
                return true;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
    };

    /** Since any moment, as {@link System#nanoTime()}. */
    long nanos();

    /** @return false when the thread was interrupted */
    boolean pause(Duration time);

    default boolean isOver(long endNanos) {
        return nanos() - endNanos > 0;
    }
}
