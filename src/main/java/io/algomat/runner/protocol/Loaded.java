package io.algomat.runner.protocol;

/**
 * LOADED: the worker can take calls.
 *
 * @param loadNanos how long loading took
 * @param residentBytes the memory that the process holds now; 0 where it cannot tell
 */
public record Loaded(long loadNanos, long residentBytes) {
    public Frame frame() {
        return Frame.of(
                FrameType.LOADED,
                new BodyWriter().u64(loadNanos).u64(residentBytes).bytes());
    }

    public static Loaded of(Frame frame) throws ProtocolException {
        BodyReader in = new BodyReader(frame.type(), frame.body());
        Loaded loaded = new Loaded(in.u64(), in.u64());
        in.end();
        return loaded;
    }
}
