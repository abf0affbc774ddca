import ctypes
import errno
import os
import platform

libc = ctypes.CDLL(None, use_errno=True)
ARM = platform.machine() == "aarch64"


def outcome(work):
    """The name of the error that the kernel gave, or "done"."""
    try:
        work()
        return "done"
    except OSError as e:
        return errno.errorcode.get(e.errno, str(e))


def call(x86, arm, *arguments):
    """A system call by its number."""
    ctypes.set_errno(0)
    done = libc.syscall(ctypes.c_long(arm if ARM else x86), *[
        ctypes.c_long(a) if isinstance(a, int) else a for a in arguments])
    return "done" if done >= 0 else errno.errorcode[ctypes.get_errno()]


def write(path, data=b"x"):
    def work():
        with open(path, "wb") as file:
            file.write(data)
    return outcome(work)


def child(work):
    """A process that does its work and sleeps until it is killed."""
    pid = os.fork()
    if pid == 0:
        try:
            work()
        finally:
            os._exit(0)
    return pid
