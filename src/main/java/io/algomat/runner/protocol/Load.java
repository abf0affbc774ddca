package io.algomat.runner.protocol;

import java.util.Map;
import java.util.TreeMap;

/**
 * LOAD: what the worker is to become.
 *
 * @param artifact the folder of the unpacked bundle, as the worker sees it
 */
public record Load(String task, String artifact, String device, Map<String, String> options) {
    private static final int MAX_OPTIONS = 1000;

    public Load {
        options = Map.copyOf(options);
    }

    /** Options go out sorted by name, so that equal loads are equal bytes. */
    public Frame frame() {
        BodyWriter out =
                new BodyWriter().string(task).string(artifact).string(device).u32(options.size());
        new TreeMap<>(options).forEach((name, value) -> out.string(name).string(value));
        return Frame.of(FrameType.LOAD, out.bytes());
    }

    public static Load of(Frame frame) throws ProtocolException {
        BodyReader in = new BodyReader(frame.type(), frame.body());
        String task = in.string();
        String artifact = in.string();
        String device = in.string();
        int count = in.u32();
        if (count > MAX_OPTIONS) {
            throw new ProtocolException(count + " options in a LOAD frame; allowed are " + MAX_OPTIONS);
        }
        Map<String, String> options = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            options.put(in.string(), in.string());
        }
        in.end();
        return new Load(task, artifact, device, options);
    }
}
