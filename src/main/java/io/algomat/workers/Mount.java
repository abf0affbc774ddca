package io.algomat.workers;

import java.nio.file.Path;

/**
 * A file or folder of the host that a sandbox sees.
 *
 * @param target its absolute path inside
 * @param device whether it is a device that the sandbox may use
 */
record Mount(Path source, String target, boolean writable, boolean device) {
    Mount(Path source, String target, boolean writable) {
        this(source, target, writable, false);
    }

    static Mount readOnly(Path source, String target) {
        return new Mount(source, target, false);
    }

    static Mount device(Path source, String target) {
        return new Mount(source, target, true, true);
    }

    /** The same under another path of the host. */
    Mount at(Path place) {
        return new Mount(place, target, writable, device);
    }

    /** Bubblewrap's word for it. */
    String option() {
        return device ? "--dev-bind" : writable ? "--bind" : "--ro-bind";
    }
}
