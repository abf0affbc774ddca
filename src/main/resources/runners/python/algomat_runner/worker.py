"""Brings a worker up: both sockets, the bundle, then calls. Ends the process when the gateway is gone."""

import _thread
import os
import struct
import sys
import time

# The module socket would import more than all of a worker needs.
from _socket import AF_UNIX, SOCK_STREAM, socket

from . import algorithm, algoout, calls, frames, logs, nested, places, reports
from .failures import Refused, message, trace
from .state import State


def main(arguments, folder):
    """The control socket is served by a thread of its own, so that the algorithm has the main one."""
    path = arguments[-1]
    dependencies = arguments[0] if len(arguments) > 1 else None
    try:
        state = State(connect(path, 0), connect(path, 1))
        state.control.write(frames.Frame(frames.READY))
        load = state.control.read()
        if load.type != frames.LOAD:
            os._exit(0 if load.type == frames.DRAIN else 1)
        nested.use(state)
        reports.use(state)
        _thread.start_new_thread(listen, (state,))
        serve(state, frames.Body(load.body), dependencies, folder)
    except (OSError, EOFError, frames.ProtocolError):
        os._exit(1)


def connect(path, role):
    made = socket(AF_UNIX, SOCK_STREAM)
    made.connect(path)
    channel = frames.Channel(made)
    channel.write(frames.Frame(frames.HELLO, body=struct.pack(">IBQ", frames.PROTOCOL, role, os.getpid())))
    return channel


def listen(state):
    """Ends the process with the control socket, whatever the algorithm does."""
    try:
        while True:
            frame = state.control.read()
            if frame.type == frames.PING:
                state.control.write(frame)
            elif frame.type == frames.CANCEL:
                state.cancel(frame.call)
            else:
                break
    finally:
        os._exit(0)


def serve(state, load, dependencies, folder):
    entry, bundle, device = load.string(), load.string(), load.string()
    options = {load.string(): load.string() for _ in range(load.u32())}
    begin = time.monotonic_ns()

    def loaded(largest_batch):
        body = struct.pack(">QQI", time.monotonic_ns() - begin, resident(), largest_batch)
        state.control.write(frames.Frame(frames.LOADED, body=body))
        _thread.start_new_thread(read, (state, largest_batch))

    try:
        places.prepare(entry, bundle, dependencies, folder)
        if algoout.speaks(entry, bundle, dependencies):
            algoout.serve(state, entry, bundle, folder, loaded)
        state.capture = logs.Capture(state)
        found = algorithm.load(entry, bundle, options)
        state.end()
    except BaseException as error:
        said = message(error) if isinstance(error, Refused) else "%s: %s" % (type(error).__name__, message(error))
        shown = "" if isinstance(error, Refused) else trace(error, folder)
        state.end()
        state.control.write(calls.failure(frames.NO_CALL, 0, "LoadingError", said, shown))
        os._exit(1)
    loaded(found.largest_batch)
    calls.Calls(state, found, folder).serve()


def read(state, largest_batch):
    """The data socket's one reader."""
    try:
        while True:
            frame = state.data.read()
            if frame.type == frames.CALL:
                state.came([call(state, frame)])
            elif frame.type == frames.BATCH:
                state.came(batch(state, frame, largest_batch))
            elif frame.type in (frames.OUT_RESULT, frames.OUT_ERROR):
                nested.answered(frame)
            else:
                break
    finally:
        os._exit(0)


def batch(state, frame, largest_batch):
    body = frames.Body(frame.body)
    count = body.u32()
    body.end()
    if not 2 <= count <= largest_batch:
        raise frames.ProtocolError("a batch of %d calls; this worker takes %d" % (count, largest_batch))
    return [call(state, state.data.read()) for _ in range(count)]


def call(state, frame):
    if frame.type != frames.CALL:
        raise frames.ProtocolError("expected was a CALL, there came type %d" % frame.type)
    body = frames.Body(frame.body)
    body.u32()
    most = body.u32()
    return calls.Call(frame.call, most, frame.kind, state.data.payload(frame, body))


def resident():
    with open("/proc/self/statm", "rb") as file:
        return int(file.read().split()[1]) * 4096
