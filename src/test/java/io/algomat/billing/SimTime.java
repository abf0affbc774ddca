package io.algomat.billing;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * A world in which one seed is one course of events. Everything runs in virtual threads on one carrier; which of those
 * that can go on does so is drawn by lot, and time passes only when none can.
 */
final class SimTime {
    private static final int STEPS = 400_000;

    final Random random;
    private final List<Task> ready = new ArrayList<>();
    private final PriorityQueue<Alarm> alarms =
            new PriorityQueue<>(Comparator.comparingLong(Alarm::at).thenComparingLong(Alarm::number));
    private long now;
    private long alarmsSet;

    private record Task(Lane lane, Runnable next) {}

    private record Alarm(long at, long number, Runnable ring) {}

    SimTime(long seed) {
        random = new Random(seed);
    }

    long now() {
        return now;
    }

    boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    Duration upTo(Duration most) {
        return Duration.ofNanos((long) (random.nextDouble() * most.toNanos()));
    }

    void at(long nanos, Runnable ring) {
        alarms.add(new Alarm(nanos, alarmsSet++, ring));
    }

    /**
     * Runs until that is so.
     *
     * @return false when nothing can go on, or it goes on for ever
     */
    boolean runUntil(BooleanSupplier done) {
        for (int step = 0; step < STEPS; step++) {
            if (done.getAsBoolean()) {
                return true;
            }
            Task chosen = choose();
            if (chosen != null) {
                ready.remove(chosen);
                chosen.next.run();
            } else if (!advance()) {
                return false;
            }
        }
        return false;
    }

    private Task choose() {
        int from = ready.isEmpty() ? 0 : random.nextInt(ready.size());
        for (int i = 0; i < ready.size(); i++) {
            Task task = ready.get((from + i) % ready.size());
            if (task.lane.goesOnAt <= now) {
                return task;
            }
        }
        return null;
    }

    private boolean advance() {
        long next = ready.stream().mapToLong(task -> task.lane.goesOnAt).min().orElse(Long.MAX_VALUE);
        if (!alarms.isEmpty()) {
            next = Math.min(next, alarms.peek().at);
        }
        if (next == Long.MAX_VALUE) {
            return false;
        }
        now = Math.max(now, next);
        while (!alarms.isEmpty() && alarms.peek().at <= now) {
            alarms.poll().ring.run();
        }
        return true;
    }

    /** The threads of one machine, which may sleep all together. */
    final class Lane implements Watch, ThreadFactory {
        private final Thread.Builder.OfVirtual threads = builder(next -> ready.add(new Task(this, next)));
        private long goesOnAt;

        /** Stands still, as in a long collection of garbage. */
        void freeze(Duration time) {
            goesOnAt = now + time.toNanos();
        }

        @Override
        public Thread newThread(Runnable task) {
            return threads.unstarted(task);
        }

        void start(String name, Runnable task) {
            newThread(task).start();
        }

        @Override
        public long nanos() {
            return now;
        }

        @Override
        public boolean pause(Duration time) {
            long end = now + time.toNanos();
            Thread me = Thread.currentThread();
            at(end, () -> LockSupport.unpark(me));
            while (now < end) {
                LockSupport.park(this);
            }
            return true;
        }

        @Override
        public boolean acquire(Lock lock, Duration most) {
            long end = now + most.toNanos();
            while (!lock.tryLock()) {
                if (now >= end) {
                    return false;
                }
                pause(Duration.ofMillis(1));
            }
            return true;
        }

        @Override
        public <T> T await(CompletableFuture<T> future, long endNanos)
                throws InterruptedException, ExecutionException, TimeoutException {
            Thread me = Thread.currentThread();
            future.whenComplete((_, _) -> LockSupport.unpark(me));
            at(Math.max(now + 1, endNanos), () -> LockSupport.unpark(me));
            while (!future.isDone()) {
                if (now > endNanos) {
                    throw new TimeoutException();
                }
                LockSupport.park(this);
            }
            return future.get();
        }
    }

    /** Virtual threads on another scheduler than the JDK's own: it has that, for its own tests, and does not show it. */
    @SuppressWarnings({"removal", "deprecation"})
    private static Thread.Builder.OfVirtual builder(Executor carrier) {
        try {
            Field unsafes = Class.forName("sun.misc.Unsafe").getDeclaredField("theUnsafe");
            unsafes.setAccessible(true);
            sun.misc.Unsafe unsafe = (sun.misc.Unsafe) unsafes.get(null);
            Field trusted = MethodHandles.Lookup.class.getDeclaredField("IMPL_LOOKUP");
            MethodHandles.Lookup lookup = (MethodHandles.Lookup)
                    unsafe.getObject(unsafe.staticFieldBase(trusted), unsafe.staticFieldOffset(trusted));
            Class<?> builders = Class.forName("java.lang.ThreadBuilders$VirtualThreadBuilder");
            return (Thread.Builder.OfVirtual)
                    lookup.findConstructor(builders, MethodType.methodType(void.class, Executor.class))
                            .invoke(carrier);
        } catch (Throwable e) {
            throw new IllegalStateException("This JDK lets nobody schedule virtual threads", e);
        }
    }
}
