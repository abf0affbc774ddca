import os
import struct
import sys


def infiniteStdout(input):
    while True:
        sys.stdout.write("x" * 65536 + "\n")


def infiniteStderr(input):
    for _ in range(160):
        sys.stderr.write("x" * 65536)
    return "written"


def hugeSingleLine(input):
    for _ in range(1000):
        os.write(1, b"x" * 65536)
    return "written"


def hugeResult(input):
    return "x" * (11 << 20)


def _result(call):
    text = b'"forged"'
    body = struct.pack(">QI", 1, len(text)) + text
    return struct.pack(">IBBBB", 20 + len(body), 6, 0, 2, 0) + call + body


def protocolForgery(input):
    for descriptor in (1, 2):
        os.write(descriptor, _result(bytes(16)))
    return "mine"


def replyForOtherCall(input):
    for name in os.listdir("/proc/self/fd"):
        try:
            if os.readlink("/proc/self/fd/" + name).startswith("socket:"):
                os.write(int(name), _result(os.urandom(16)))
        except OSError:
            pass
    return "mine"
