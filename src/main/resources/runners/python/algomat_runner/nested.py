"""Calls to other algorithms, on the account of the call in hand, over the worker's own socket."""

import _thread
import struct

from . import frames, values

_state = None
_waiting = {}
_lock = _thread.allocate_lock()
_last = 0
_FIXED = struct.Struct(">II")


class Failed(Exception):
    def __init__(self, error_type, message):
        Exception.__init__(self, message)
        self.error_type = error_type


def use(state):
    global _state
    _state = state


def call(algorithm, value, timeout=None):
    """Waits for the answer. ``timeout`` in seconds; what is left of the call in hand bounds it. Returns kind and value."""
    global _last
    in_hand = _state.single()
    if in_hand is None:
        raise Failed("UnsupportedError", "another algorithm can be called only while a call is in hand, and not from apply_batch")
    kind, data = values.encode(value)
    answer = [_thread.allocate_lock(), None]
    answer[0].acquire()
    with _lock:
        _last += 1
        number = _last
        _waiting[number] = answer
    try:
        fixed = _FIXED.pack(number, max(1, int(timeout * 1000)) if timeout else 0) + frames.string(algorithm)
        _state.data.send(frames.CALL_OUT, in_hand, fixed, kind, data)
        answer[0].acquire()
    finally:
        _waiting.pop(number, None)
    return answer[1]()


def answered(frame):
    """By the thread that reads the data socket."""
    body = frames.Body(frame.body)
    number = body.u32()
    if frame.type == frames.OUT_ERROR:
        error_type, message = body.string(), body.string()
        body.end()

        def outcome():
            raise Failed(error_type, message)

    else:
        kind, data = frame.kind, _state.data.payload(frame, body)

        def outcome():
            return kind, values.decode(kind, data)

    answer = _waiting.get(number)
    if answer is not None:
        answer[1] = outcome
        answer[0].release()
