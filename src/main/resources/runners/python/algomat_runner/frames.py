"""Frames over one socket, byte for byte as docs/worker-protocol.md has them."""

import _thread
import struct

HELLO, READY, LOAD, LOADED, CALL, RESULT, ERROR, CHUNK, CALL_OUT, CANCEL, LOG, METRIC, PING, DRAIN, OUT_RESULT, OUT_ERROR, BATCH = range(1, 18)

PROTOCOL = 2
NO_CALL = bytes(16)
MAX_BODY = 1 << 20
MAX_PAYLOAD = 64 << 20
_HEADER = struct.Struct(">IBBBB16s")
_AFTER_LENGTH = 20
_U32 = struct.Struct(">I")


class ProtocolError(Exception):
    """What came is not what the protocol allows at this place; the connection is of no more use."""


class Frame:
    __slots__ = ("type", "more", "kind", "call", "body")

    def __init__(self, type, call=NO_CALL, body=b"", kind=0, more=False):
        self.type = type
        self.call = call
        self.body = body
        self.kind = kind
        self.more = more


def encode(frame):
    header = _HEADER.pack(_AFTER_LENGTH + len(frame.body), frame.type, int(frame.more), frame.kind, 0, frame.call)
    return header + frame.body


def split(type, call, fixed, kind, payload):
    """The frames of a payload: the first with its fields and whole length, then chunks."""
    if len(payload) > MAX_PAYLOAD:
        raise ValueError("a payload of %d bytes; allowed are %d" % (len(payload), MAX_PAYLOAD))
    sent = min(len(payload), MAX_BODY - len(fixed) - 4)
    body = fixed + _U32.pack(len(payload)) + payload[:sent]
    yield Frame(type, call, body, kind, sent < len(payload))
    while sent < len(payload):
        chunk = payload[sent : sent + MAX_BODY]
        sent += len(chunk)
        yield Frame(CHUNK, call, chunk, kind, sent < len(payload))


def string(text):
    data = text.encode("utf-8", "backslashreplace")
    return _U32.pack(len(data)) + data


class Body:
    """The fields of a frame's body, one after the other."""

    def __init__(self, data):
        self.data = data
        self.at = 0

    def take(self, count):
        if count > len(self.data) - self.at:
            raise ProtocolError("a body ends before its fields do")
        self.at += count
        return self.data[self.at - count : self.at]

    def u32(self):
        return _U32.unpack(self.take(4))[0]

    def string(self):
        return self.take(self.u32()).decode("utf-8")

    def rest(self):
        return self.take(len(self.data) - self.at)

    def end(self):
        if self.at != len(self.data):
            raise ProtocolError("a body goes on after its fields")


class Channel:
    """One thread reads; any thread writes."""

    def __init__(self, socket):
        self._socket = socket
        self._in = open(socket.fileno(), "rb", 64 << 10, closefd=False)
        self._writing = _thread.allocate_lock()

    def _exactly(self, count):
        data = self._in.read(count)
        if len(data) < count:
            raise EOFError("the gateway closed the socket")
        return data

    def read(self):
        length, type, flags, kind, zero, call = _HEADER.unpack(self._exactly(_HEADER.size))
        if not _AFTER_LENGTH <= length <= _AFTER_LENGTH + MAX_BODY:
            raise ProtocolError("a frame of %d bytes" % length)
        if not HELLO <= type <= BATCH or kind > 3 or flags > 1 or zero:
            raise ProtocolError("a frame of type %d, flags %d, kind %d" % (type, flags, kind))
        return Frame(type, call, self._exactly(length - _AFTER_LENGTH), kind, flags == 1)

    def payload(self, first, body):
        """Reads the rest of a payload that begins in a frame; refuses its length before taking room for it."""
        total = body.u32()
        data = body.rest()
        if total > MAX_PAYLOAD or len(data) > total or first.more != (len(data) < total):
            raise ProtocolError("a payload of %d bytes that begins with %d" % (total, len(data)))
        if not first.more:
            return data
        whole = bytearray(data)
        more = True
        while more:
            chunk = self.read()
            whole += chunk.body
            more = chunk.more
            wrong = chunk.type != CHUNK or chunk.call != first.call or not chunk.body
            if wrong or len(whole) > total or more != (len(whole) < total):
                raise ProtocolError("expected was a CHUNK of what is left of %d bytes" % total)
        return bytes(whole)

    def write(self, frame):
        with self._writing:
            self._socket.sendall(encode(frame))

    def send(self, type, call, fixed, kind, payload):
        """No other frame comes between those of one payload."""
        with self._writing:
            for frame in split(type, call, fixed, kind, payload):
                self._socket.sendall(encode(frame))
