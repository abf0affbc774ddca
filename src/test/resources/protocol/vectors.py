"""Holds the Python runner's codec to the vectors, both ways: python3 vectors.py RUNNER VECTORS"""

import os
import socket
import sys

sys.dont_write_bytecode = True

runner, path = sys.argv[1:3]
sys.path.insert(0, runner)
from algomat_runner import frames, reports  # noqa: E402

vectors = {}
for line in open(path, encoding="utf-8"):
    name, *hexadecimal = line.split()[:1] + line.split()[1:] or ["#"]
    if name != "#":
        vectors[name] = bytes.fromhex("".join(hexadecimal))


def read(*names):
    ours, theirs = socket.socketpair(socket.AF_UNIX)
    for name in names:
        theirs.sendall(vectors[name])
    theirs.close()
    channel = frames.Channel(ours)
    return channel, channel.read()


def refused(run, name):
    try:
        run()
    except frames.ProtocolError:
        return
    raise AssertionError(name + " was taken")


CALL = bytes.fromhex("0197a4c3e0007000800000000000002a")
u32 = frames._U32.pack
u64 = lambda number: number.to_bytes(8, "big")
sent = {
    "hello-control": frames.Frame(frames.HELLO, body=u32(frames.PROTOCOL) + b"\0" + u64(42)),
    "hello-data": frames.Frame(frames.HELLO, body=u32(frames.PROTOCOL) + b"\1" + u64(42)),
    "ready": frames.Frame(frames.READY),
    "result-json": next(frames.split(frames.RESULT, CALL, u64(3000), 2, b"true")),
    "error": frames.Frame(
        frames.ERROR, CALL, u64(1) + frames.string("InputError") + frames.string("no") + frames.string("")
    ),
    "log-of-call": frames.Frame(frames.LOG, CALL, b"ok"),
    "ping": frames.Frame(frames.PING),
    "metric": reports.frame(CALL, "pages", 2.5),
    "call-out": next(frames.split(frames.CALL_OUT, CALL, u32(1) + u32(1000) + frames.string("nlp/echo"), 2, b"true")),
}
for name, frame in sent.items():
    assert frames.encode(frame) == vectors[name], name

for name in vectors:
    if name.startswith("bad-"):
        refused(lambda: read(name), name)
    else:
        assert frames.encode(read(name)[1]) == vectors[name], name

_, load = read("load")
body = frames.Body(load.body)
assert [body.string(), body.string(), body.string(), body.u32()] == ["identity", "/algo", "cpu", 1]
assert [body.string(), body.string()] == ["a", "ü"]
body.end()

for names, expected in (("call-text",), b"hi"), (("chunked-call", "chunked-rest"), b"abc"):
    channel, first = read(*names)
    body = frames.Body(first.body)
    assert [body.u32(), body.u32()] == [30000, 1 << 20]
    assert bytes(channel.payload(first, body)) == expected, names

channel, wrong = read("refused-out-result-length")
body = frames.Body(wrong.body)
body.u32()
refused(lambda: channel.payload(wrong, body), "refused-out-result-length")
refused(lambda: frames.Body(read("refused-out-result-short")[1].body).u32(), "refused-out-result-short")

print("%d vectors" % len(vectors))
