package io.algomat.runner.protocol;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Frames over one socket. One thread reads; any thread writes. Small frames take one system call each way: the reader
 * reads ahead into its buffer, the writer puts header and body together.
 */
public final class FrameChannel implements AutoCloseable {
    private static final int BUFFER_BYTES = 64 << 10;

    private final SocketChannel channel;
    private final ByteBuffer in = ByteBuffer.allocateDirect(BUFFER_BYTES).flip();
    private final ByteBuffer out = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private final ReentrantLock writing = new ReentrantLock();

    public FrameChannel(SocketChannel channel) {
        this.channel = channel;
    }

    /**
     * Waits for the next frame.
     *
     * @throws EOFException when the other end has closed the socket, in the middle of a frame or between two
     * @throws ProtocolException when what came is no frame; the socket is closed
     */
    public Frame read() throws IOException {
        try {
            fill(Frame.HEADER_BYTES);
            FrameCodec.Header header = FrameCodec.header(in);
            byte[] body = new byte[header.bodyBytes()];
            int buffered = Math.min(body.length, in.remaining());
            in.get(body, 0, buffered);
            readFully(ByteBuffer.wrap(body, buffered, body.length - buffered));
            return header.with(body);
        } catch (ProtocolException e) {
            close();
            throw e;
        }
    }

    public void write(Frame frame) throws IOException {
        writing.lock();
        try {
            out.clear();
            FrameCodec.putHeader(out, frame);
            int first = Math.min(frame.body().length, out.remaining());
            out.put(frame.body(), 0, first).flip();
            writeFully(out);
            writeFully(ByteBuffer.wrap(frame.body(), first, frame.body().length - first));
        } finally {
            writing.unlock();
        }
    }

    /** Writes several frames that belong together: no other thread's frame comes between them. */
    void together(Frames frames) throws IOException {
        writing.lock();
        try {
            frames.write();
        } finally {
            writing.unlock();
        }
    }

    /** What is written {@link #together}. */
    interface Frames {
        void write() throws IOException;
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // A socket that cannot be closed is gone already.
        }
    }

    private void fill(int wanted) throws IOException {
        if (in.remaining() >= wanted) {
            return;
        }
        in.compact();
        while (in.position() < wanted) {
            if (channel.read(in) < 0) {
                in.flip();
                throw new EOFException("the other end closed the socket");
            }
        }
        in.flip();
    }

    private void readFully(ByteBuffer target) throws IOException {
        while (target.hasRemaining()) {
            if (channel.read(target) < 0) {
                throw new EOFException("the other end closed the socket in the middle of a frame");
            }
        }
    }

    private void writeFully(ByteBuffer source) throws IOException {
        while (source.hasRemaining()) {
            channel.write(source);
        }
    }
}
