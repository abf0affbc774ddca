"""What an algorithm prints, as LOG frames of the call that is in hand. What a library writes past Python goes to the pipe."""

import io
import sys

from . import frames

# The gateway keeps less of it for a call; more would only hold up the answer.
MOST = 256 << 10
LONGEST_LINE = 16 << 10
# A call that writes more is ended, as one is whose output goes past us into the pipe.
MOST_OF_A_CALL = 64 << 20


class Lines(io.RawIOBase):
    def __init__(self, state, fd, line=None):
        self._state = state
        self._fd = fd
        self._line = line
        self._left = b""

    def writable(self):
        return True

    def fileno(self):
        return self._fd

    def write(self, data):
        data = bytes(data)
        lines = (self._left + data).split(b"\n")
        self._left = lines.pop()
        for line in lines:
            self._send(line)
        while len(self._left) > LONGEST_LINE:
            self._send(self._left[:LONGEST_LINE])
            self._left = self._left[LONGEST_LINE:]
        return len(data)

    def end(self):
        if self._left:
            self._send(self._left)
            self._left = b""

    def _send(self, line):
        if self._line is not None and self._line(line):
            return
        for at in range(0, max(1, len(line)), LONGEST_LINE):
            self._state.log(line[at : at + LONGEST_LINE])


class Capture:
    """In place of stdout and stderr; ``line`` may take a line for itself."""

    def __init__(self, state, line=None):
        self._both = (Lines(state, 1, line), Lines(state, 2))
        sys.stdout, sys.stderr = (
            io.TextIOWrapper(raw, encoding="utf-8", errors="backslashreplace", write_through=True) for raw in self._both
        )

    def end(self):
        for raw in self._both:
            raw.end()


def frame(call, line):
    return frames.Frame(frames.LOG, call, line)
