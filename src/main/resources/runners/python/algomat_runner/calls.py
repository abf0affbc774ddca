"""Runs the calls that come, one at a time or as a batch, and answers each."""

import struct
import time

from . import frames, values
from .failures import Cancelled, of

_RESULT = struct.Struct(">Q")


class Call:
    __slots__ = ("id", "most", "kind", "data")

    def __init__(self, id, most, kind, data):
        self.id = id
        self.most = most
        self.kind = kind
        self.data = data


class Calls:
    def __init__(self, state, algorithm, folder):
        self._state = state
        self._algorithm = algorithm
        self._folder = folder

    def serve(self):
        while True:
            calls = self._state.next()
            try:
                if len(calls) == 1:
                    self._one(calls[0])
                else:
                    self._together(calls)
            except Cancelled:
                # It came when the call was over but for its answer, or between two.
                self._state.end()

    def _one(self, call, begin=None):
        begin = time.monotonic_ns() if begin is None else begin
        try:
            self._state.reports.begin([call.id])
            self._state.begin(call)
            output = values.encode(self._algorithm.apply(values.decode(call.kind, call.data)))
            self._state.end()
        except Cancelled:
            self._state.end()
            self.fail(call, begin, "Cancelled", "the call was cancelled", "")
        except BaseException as error:
            self._state.end()
            self.fail(call, begin, *of(error, self._folder))
        else:
            self.answer(call, begin, output)

    def _together(self, calls):
        begin = time.monotonic_ns()
        outputs, failed = self._outputs(calls)
        self._state.end()
        if failed is not None and self._algorithm.alone and not isinstance(failed, MemoryError):
            for call in calls:
                self._one(call, begin)
            return
        for call, output in zip(calls, outputs if failed is None else [failed] * len(calls)):
            try:
                if isinstance(output, BaseException):
                    raise output
                encoded = values.encode(output)
            except BaseException as error:
                self.fail(call, begin, *of(error, self._folder))
            else:
                self.answer(call, begin, encoded)

    def _outputs(self, calls):
        """The outputs and None, or None and what apply_batch raised."""
        try:
            self._state.reports.begin([call.id for call in calls])
            self._state.begin(None)
            return self._algorithm.apply_batch([values.decode(call.kind, call.data) for call in calls]), None
        except BaseException as error:
            return None, error

    def answer(self, call, begin, output):
        kind, data = output
        compute = time.monotonic_ns() - begin
        if len(data) > call.most:
            self.fail(call, begin, "TooLargeError", "the output is %d bytes; allowed are %d" % (len(data), call.most), "")
        else:
            for frame in self._state.reports.frames(call.id):
                self._state.data.write(frame)
            self._state.data.send(frames.RESULT, call.id, _RESULT.pack(compute), kind, data)

    def fail(self, call, begin, error_type, message, trace):
        self._state.data.write(failure(call.id, time.monotonic_ns() - begin, error_type, message, trace))


def failure(call, compute, error_type, message, trace):
    # Cut, so that it is one frame whatever the algorithm had to say.
    body = _RESULT.pack(compute) + frames.string(error_type) + frames.string(message[:65536]) + frames.string(trace[-65536:])
    return frames.Frame(frames.ERROR, call, body)
