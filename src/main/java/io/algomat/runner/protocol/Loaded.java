package io.algomat.runner.protocol;

/**
 * LOADED: the worker can take calls.
 *
 * @param loadNanos how long loading took
 * @param residentBytes the memory that the process holds now; 0 where it cannot tell
 * @param largestBatch how many calls it runs together at the most; 1 for one at a time
 */
public record Loaded(long loadNanos, long residentBytes, int largestBatch) {
    public Frame frame() {
        return Frame.of(
                FrameType.LOADED,
                new BodyWriter()
                        .u64(loadNanos)
                        .u64(residentBytes)
                        .u32(largestBatch)
                        .bytes());
    }

    public static Loaded of(Frame frame) throws ProtocolException {
        BodyReader in = new BodyReader(frame.type(), frame.body());
        Loaded loaded = new Loaded(in.u64(), in.u64(), in.u32());
        in.end();
        if (loaded.largestBatch < 1 || loaded.largestBatch > Batch.MOST) {
            throw new ProtocolException(
                    "a largest batch of " + loaded.largestBatch + "; allowed are 1 to " + Batch.MOST);
        }
        return loaded;
    }
}
