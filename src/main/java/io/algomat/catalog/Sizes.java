package io.algomat.catalog;

import java.util.Locale;

/** Sizes as messages and logs write them. */
final class Sizes {
    private Sizes() {}

    static String text(long bytes) {
        if (bytes < 1024) {
            return bytes + " bytes";
        }
        double kibi = bytes / 1024.0;
        return kibi < 1024
                ? String.format(Locale.ROOT, "%.1f KiB", kibi)
                : String.format(Locale.ROOT, "%.1f MiB", kibi / 1024);
    }
}
