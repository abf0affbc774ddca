package io.algomat.workers;

import java.nio.file.Path;

/**
 * A file or folder of the host that a sandbox sees.
 *
 * @param target its absolute path inside
 */
record Mount(Path source, String target, boolean writable) {
    static Mount readOnly(Path source, String target) {
        return new Mount(source, target, false);
    }
}
