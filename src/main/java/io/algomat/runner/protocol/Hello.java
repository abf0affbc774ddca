package io.algomat.runner.protocol;

/**
 * HELLO, the worker's first frame on each of its two sockets.
 *
 * @param pid the worker's process id as it sees it itself; for logs only
 */
public record Hello(int protocol, Role role, long pid) {
    public static final int PROTOCOL = 2;

    /** Which socket this is; the ordinal is the byte on the wire. */
    public enum Role {
        CONTROL,
        DATA
    }

    public Frame frame() {
        return Frame.of(
                FrameType.HELLO,
                new BodyWriter().u32(protocol).u8(role.ordinal()).u64(pid).bytes());
    }

    public static Hello of(Frame frame) throws ProtocolException {
        BodyReader in = new BodyReader(frame.type(), frame.body());
        int protocol = in.u32();
        int role = in.u8();
        long pid = in.u64();
        in.end();
        if (protocol != PROTOCOL) {
            throw new ProtocolException("the worker speaks protocol " + protocol + ", expected was " + PROTOCOL);
        }
        if (role > 1) {
            throw new ProtocolException("unknown socket role " + role);
        }
        return new Hello(protocol, role == 0 ? Role.CONTROL : Role.DATA, pid);
    }
}
