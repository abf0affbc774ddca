package io.algomat.runner;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What a process does that is not told at once what to load: small things that have its classes and native libraries there
 * when it is told. Nothing depends on it.
 */
public final class WhileWaiting {
    /** A process that is started for a version hears of it well before. */
    private static final int PATIENCE_MILLIS = 40;

    /** Something to do that leaves nothing behind. */
    public interface Step {
        void run() throws Exception;
    }

    private final Step step;
    private final CountDownLatch told = new CountDownLatch(1);

    public WhileWaiting(Step step) {
        this.step = step;
    }

    /** It has heard what to load. */
    public void told() {
        told.countDown();
    }

    /** Returns at once. */
    public void begin() {
        Thread.ofPlatform().daemon().name("warm-up").start(this::run);
    }

    private void run() {
        try {
            if (!told.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
                step.run();
            }
        } catch (Throwable e) {
            // Then the first that needs it loads it, and says what is wrong.
            System.err.println("The warm-up broke off: " + e);
        }
    }
}
