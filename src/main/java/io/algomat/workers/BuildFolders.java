package io.algomat.workers;

import java.nio.file.Path;

/**
 * The folders of a build on the host.
 *
 * @param bundle what was uploaded; read-only inside, as {@code /algo}
 * @param work caches and temporary files; inside {@code /work}
 * @param result what is frozen in the end; inside {@code /deps}
 */
record BuildFolders(Path bundle, Path work, Path result) {
    static final String WORK = "/work";
}
