package io.algomat.web.billing;

import java.io.IOException;

/** Rows under a header, written one after another and kept nowhere. No spreadsheet takes a text in it for a formula. */
public interface Table extends AutoCloseable {
    /**
     * @param cells credits and numbers are numbers in the file, all else is text
     * @throws java.io.UncheckedIOException when the reader of the file has gone away
     */
    void row(Object... cells);

    @Override
    void close() throws IOException;
}
