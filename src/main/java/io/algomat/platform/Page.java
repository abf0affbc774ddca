package io.algomat.platform;

import java.util.List;

/** One page of a longer list. {@code number} counts from 1. */
public record Page<T>(List<T> items, int number, int size, long total) {
    public static final int DEFAULT_SIZE = 24;

    public Page {
        items = List.copyOf(items);
    }

    public long pages() {
        return Math.max(1, (total + size - 1) / size);
    }

    public boolean hasNext() {
        return number < pages();
    }

    public boolean hasPrevious() {
        return number > 1;
    }

    /** Brings a page number from a URL into range: nothing below 1, nothing absurdly deep. */
    public static int sane(int number) {
        return Math.clamp(number, 1, 10_000);
    }
}
