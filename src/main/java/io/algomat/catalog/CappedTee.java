package io.algomat.catalog;

import io.algomat.platform.ErrorCode;
import io.algomat.platform.Problem;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/** Copies what is read from it, counts it, and refuses more than so many bytes. */
final class CappedTee extends FilterInputStream {
    private final OutputStream copy;
    private final long most;
    private long count;

    CappedTee(InputStream in, OutputStream copy, long most) {
        super(in);
        this.copy = copy;
        this.most = most;
    }

    /** How many bytes came over the line so far. */
    long count() {
        return count;
    }

    /** Reads to the end, so that the copy is whole. */
    void drain() throws IOException {
        transferTo(OutputStream.nullOutputStream());
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = super.read(buffer, offset, length);
        if (read > 0) {
            count += read;
            if (count > most) {
                throw Problem.of(
                        ErrorCode.TOO_LARGE,
                        "The bundle is larger than " + Sizes.text(most) + ", the most that is taken");
            }
            write(buffer, offset, read);
        }
        return read;
    }

    /** A full disk is our fault, and must not be taken for a damaged upload. */
    private void write(byte[] buffer, int offset, int length) {
        try {
            copy.write(buffer, offset, length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public long skip(long bytes) throws IOException {
        return super.readNBytes((int) Math.min(bytes, 8192)).length;
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
