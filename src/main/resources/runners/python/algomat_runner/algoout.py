"""A bundle with Algorithmia's official ADK, which reads requests from stdin and answers on the FIFO /tmp/algoout."""

import _thread
import os
import sys
import time

from . import algorithm, calls, logs, values
from .failures import Cancelled, Refused, of

FIFO = "/tmp/algoout"
READY = b"PIPE_INIT_COMPLETE"


def speaks(entry, bundle, dependencies):
    """Whether the entry imports an adk that the bundle or its packages bring."""
    folders = [bundle, os.path.dirname(bundle + "/" + entry)] + ([dependencies] if dependencies else [])
    brought = any(os.path.isfile(folder + name) for folder in folders for name in ("/adk/__init__.py", "/adk.py"))
    if not brought:
        return False
    try:
        with open(bundle + "/" + entry, encoding="utf-8", errors="replace") as file:
            return any(line.split()[:2] in (["from", "adk"], ["import", "adk"]) for line in file)
    except OSError:
        return False


def serve(state, entry, bundle, folder, loaded):
    """Does not return while the ADK reads its stdin; then the process ends."""
    mend_traceback()
    os.mkfifo(FIFO, 0o644)
    begun = []

    def line(text):
        if READY in text and not begun:
            begun.append(True)
            loaded(1)
            return True
        return False

    state.capture = logs.Capture(state, line)
    sys.stdin = requests = Requests(state, folder)
    try:
        algorithm.run(entry, bundle)
    except BaseException as error:
        if not begun:
            raise
        requests.broken(error)
    if not begun:
        raise Refused("'%s' imports adk and never calls init; expected is 'ADK(apply).init()'" % entry)
    os._exit(0)


def mend_traceback():
    """ADK 1.2.4 names an argument that Python 3.10 took away, and would die of any exception of an algorithm's."""
    import traceback

    own = traceback.format_exception

    def format_exception(*args, **named):
        if "etype" in named:
            args = (named.pop("etype"), named.pop("value", None), named.pop("tb", None))
        return own(*args, **named)

    traceback.format_exception = format_exception


class Requests:
    """stdin, as the ADK sees it: a line for each call. When the next is asked for, the last one has been answered."""

    def __init__(self, state, folder):
        self._calls = calls.Calls(state, None, folder)
        self._state = state
        self._folder = folder
        self._begun = None

    def broken(self, error):
        """The ADK let go of an exception, and reads no further: this call gets it, and the process ends."""
        if self._begun is not None and self._state.single() is not None:
            self._state.end()
            said = ("Cancelled", "the call was cancelled", "") if isinstance(error, Cancelled) else of(error, self._folder)
            self._calls.fail(*self._begun, *said)

    def __iter__(self):
        return self

    def __next__(self):
        return self.readline()

    def readline(self):
        import base64
        import json

        call = self._state.next()[0]
        begin = time.monotonic_ns()
        self._begun = (call, begin)
        value = values.decode(call.kind, call.data)
        if call.kind == values.BINARY:
            value = base64.b64encode(value).decode("ascii")
        _thread.start_new_thread(self._answer, (call, begin))
        self._state.reports.begin([call.id])
        self._state.begin(call)
        return json.dumps({"content_type": values.NAMES[call.kind] if call.kind else "json", "data": value}) + "\n"

    def _answer(self, call, begin):
        """Reads what the ADK writes: its open waits for ours."""
        import json

        with open(FIFO, "rb") as fifo:
            text = fifo.read()
        self._state.end()
        try:
            answer = json.loads(text)
            error = answer.get("error")
            if error is not None:
                said = (error.get("error_type") or "AlgorithmError", error["message"], error.get("stacktrace") or "")
                self._calls.fail(call, begin, *map(str, said))
            else:
                self._calls.answer(call, begin, output(answer))
        except (ValueError, TypeError, KeyError, AttributeError, values.Unsendable) as error:
            self._calls.fail(call, begin, "ParsingError", "the ADK's answer cannot be read: %s" % error, "")


def output(answer):
    """Kind and bytes of the ADK's answer."""
    import base64

    value = answer["result"]
    binary = answer.get("metadata", {}).get("content_type") == "binary"
    return values.encode(base64.b64decode(value) if binary else value)
