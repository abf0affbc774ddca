package io.algomat.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Puts calls on something, and times them. */
final class Load {
    /** Something that is called; one for each thread, closed after it. */
    interface Line extends AutoCloseable {
        void exchange() throws Exception;

        @Override
        default void close() throws Exception {}
    }

    /** What came of a run: times in nanoseconds, sorted. */
    record Times(long[] nanos, double seconds) {
        double perSecond() {
            return nanos.length / seconds;
        }

        double millis(double quantile) {
            return nanos[(int) Math.min(nanos.length - 1, (long) (nanos.length * quantile))] / 1e6;
        }
    }

    private Load() {}

    /** Each thread sends its next call when it has the answer to its last. */
    static Times closed(Callable<Line> lines, int threads, double seconds) throws Exception {
        long end = System.nanoTime() + (long) (seconds * 1e9);
        return run(lines, threads, () -> {
            long sent = System.nanoTime();
            return sent < end ? sent : -1;
        });
    }

    /**
     * Calls are due at a fixed rate, whatever became of those before; each is timed from when it was due, so that a
     * slow answer counts against all that had to wait behind it.
     */
    static Times open(Callable<Line> lines, int threads, double perSecond, double seconds) throws Exception {
        long interval = (long) (1e9 / perSecond);
        long begin = System.nanoTime() + interval;
        long calls = (long) (perSecond * seconds);
        AtomicLong next = new AtomicLong();
        return run(lines, threads, () -> {
            long number = next.getAndIncrement();
            if (number >= calls) {
                return -1;
            }
            long due = begin + number * interval;
            for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
                LockSupport.parkNanos(wait);
            }
            return due;
        });
    }

    /** When the next call counts from, once it may be sent; negative: no more. */
    private interface Pace {
        long next();
    }

    private static Times run(Callable<Line> lines, int threads, Pace pace) throws Exception {
        long began = System.nanoTime();
        List<Future<long[]>> running = new ArrayList<>();
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            for (int i = 0; i < threads; i++) {
                running.add(pool.submit(() -> times(lines, pace)));
            }
        }
        double seconds = (System.nanoTime() - began) / 1e9;
        List<long[]> parts = new ArrayList<>();
        for (Future<long[]> part : running) {
            parts.add(part.get());
        }
        return new Times(parts.stream().flatMapToLong(Arrays::stream).sorted().toArray(), seconds);
    }

    private static long[] times(Callable<Line> lines, Pace pace) throws Exception {
        long[] times = new long[1 << 16];
        int count = 0;
        try (Line line = lines.call()) {
            for (long from = pace.next(); from >= 0; from = pace.next()) {
                line.exchange();
                if (count == times.length) {
                    times = Arrays.copyOf(times, 2 * count);
                }
                times[count++] = System.nanoTime() - from;
            }
        }
        return Arrays.copyOf(times, count);
    }
}
