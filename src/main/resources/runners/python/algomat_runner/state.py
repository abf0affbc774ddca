"""What the threads of a worker share: its sockets, the call in hand, and what waits."""

import _signal
import _thread
import os
from _queue import SimpleQueue

from . import frames, logs, reports
from .calls import failure
from .failures import Cancelled


class State:
    def __init__(self, control, data):
        self.control = control
        self.data = data
        self.capture = None
        self.reports = reports.Reports()
        self._main = _thread.get_ident()
        self._coming = SimpleQueue()
        self._running = None
        self._cancelled = None
        self._written = 0
        _signal.signal(_signal.SIGUSR1, self._interrupted)

    def came(self, calls):
        self._coming.put(calls)

    def next(self):
        return self._coming.get()

    def begin(self, call):
        """From here on a CANCEL of that call interrupts the main thread; None for a batch, which nobody cancels."""
        self._written = 0
        if call is not None:
            self._running = call.id
            if call.id == self._cancelled:
                raise Cancelled()

    def end(self):
        if self.capture is not None:
            self.capture.end()
        self.reports.end()
        self._running = None

    def single(self):
        return self._running

    def cancel(self, call):
        """CANCEL may come before its CALL, over the other socket: the last one is kept."""
        self._cancelled = call
        if call == self._running:
            _signal.pthread_kill(self._main, _signal.SIGUSR1)

    def _interrupted(self, signal, frame):
        if self._running is not None and self._running == self._cancelled:
            raise Cancelled()

    def log(self, line):
        self._written += len(line) + 1
        if self._written <= logs.MOST:
            # Over the data socket, so that no line comes after its call's answer.
            (self.data if self._running else self.control).write(logs.frame(self._running or frames.NO_CALL, line))
        elif self._written > logs.MOST_OF_A_CALL:
            if self._running:
                said = "The algorithm wrote more to stdout and stderr than one call may"
                self.data.write(failure(self._running, 0, "OutputLimitError", said, ""))
            os._exit(1)
