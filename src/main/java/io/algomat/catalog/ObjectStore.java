package io.algomat.catalog;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;

/** Files named by the SHA-256 of what is in them; written once, never changed. */
interface ObjectStore {
    /** An empty file on the store's own disk, to be filled and then handed to {@link #keep}. */
    Path newFile() throws IOException;

    /** Makes a filled file an object: on the disk for good when this returns. An equal object is kept only once. */
    void keep(Path file, String sha256) throws IOException;

    InputStream open(String sha256) throws IOException;

    boolean has(String sha256);

    void delete(String sha256) throws IOException;

    /** Removes what uploads left that a killed gateway never finished. */
    void forgetUnfinished() throws IOException;

    /** The objects that have lain here for longer than a running upload could take. */
    List<String> settled() throws IOException;
}
