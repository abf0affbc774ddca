"""What an algorithm reports of the call in hand: how many pages it read, how many seconds it heard. Reports of one name add up."""

import _thread
import struct

from . import frames

MOST_NAMES = 16
LONGEST_NAME = 40
# The gateway counts no further; and so a sum stays a number.
MOST = 1e15
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_ALLOWED = frozenset(_LETTERS + "0123456789_")
_VALUE = struct.Struct(">d")


class Reports:
    """One sum a name for each call in hand, sent before the call's answer, so that a run that failed reports nothing."""

    def __init__(self):
        self._lock = _thread.allocate_lock()
        self._calls = []
        self._sums = []
        self._open = False

    def begin(self, calls):
        with self._lock:
            self._calls = calls
            self._sums = [{} for _ in calls]
            self._open = True

    def end(self):
        with self._lock:
            self._open = False

    def add(self, name, value, input):
        value = checked(name, value)
        with self._lock:
            if not self._open:
                raise RuntimeError("a metric can be reported only while a call is in hand")
            if input is None:
                if len(self._sums) > 1:
                    raise ValueError("which of the %d inputs? expected is metric(name, value, input=0)" % len(self._sums))
                input = 0
            sums = self._sums[input]
            if name not in sums and len(sums) == MOST_NAMES:
                raise ValueError("a call may report %d metrics, not more" % MOST_NAMES)
            sums[name] = min(MOST, sums.get(name, 0) + value)

    def frames(self, call):
        with self._lock:
            sums = self._sums[self._calls.index(call)] if call in self._calls else {}
            return [frame(call, name, value) for name, value in sums.items()]


def frame(call, name, value):
    return frames.Frame(frames.METRIC, call, frames.string(name) + _VALUE.pack(value))


def checked(name, value):
    """The value as a float; raises ValueError for what is no metric."""
    if not isinstance(name, str) or not 0 < len(name) <= LONGEST_NAME or name[0] not in _LETTERS or not _ALLOWED.issuperset(name):
        raise ValueError("%.60r is no metric; expected are small letters, digits and underscores, at most 40, such as pages" % (name,))
    try:
        number = float(value)
    except OverflowError:
        number = MOST
    if not 0 <= number < float("inf"):
        raise ValueError("the metric %s is %r; expected is a number from 0 up" % (name, value))
    return number


_state = None


def use(state):
    global _state
    _state = state


def metric(name, value, input=None):
    if _state is None:
        raise RuntimeError("a metric can be reported only from inside a worker")
    _state.reports.add(name, value, input)
