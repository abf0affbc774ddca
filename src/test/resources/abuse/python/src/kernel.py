import ctypes
import fcntl
import mmap
import os
import signal
import socket
import termios
import time

from seen import call, child, libc, outcome

CLONE_NEWUSER = 0x10000000
MOUNT, UNSHARE, KEYCTL, ADD_KEY = (165, 40), (272, 97), (250, 219), (248, 217)
PTRACE, READV, IO_URING = (101, 117), (310, 270), (425, 425)
BPF, PERF, USERFAULTFD, CLONE, CLONE3 = (321, 280), (298, 241), (323, 282), (56, 220), (435, 435)


def _with_sibling(work):
    pid = child(lambda: time.sleep(60))
    try:
        return work(pid)
    finally:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)


def ptraceSibling(input):
    return _with_sibling(lambda pid: call(*PTRACE, 16, pid, 0, 0))


def processVmReadv(input):
    return _with_sibling(lambda pid: call(*READV, pid, 0, 0, 0, 0, 0))


def mountTmpfs(input):
    return call(*MOUNT, b"none", b"/tmp", b"tmpfs", 0, 0)


def nestedUserns(input):
    return " ".join((call(*UNSHARE, CLONE_NEWUSER), call(*CLONE, CLONE_NEWUSER | signal.SIGCHLD, 0, 0, 0, 0),
                     call(*CLONE3, ctypes.create_string_buffer(88), 88)))


def keyctlPersist(input):
    return call(*KEYCTL, 1, 0) + " " + call(*ADD_KEY, b"user", b"left", b"behind", 6, -3)


def vsockSocket(input):
    return outcome(lambda: socket.socket(40, socket.SOCK_STREAM)) + " " + outcome(
        lambda: socket.socket(socket.AF_NETLINK, socket.SOCK_RAW))


def ioUring(input):
    return call(*IO_URING, 1, ctypes.create_string_buffer(1024))


def i386Syscall(input):
    code = b"\xb8\x14\x00\x00\x00\xcd\x80\xc3"
    page = mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
    page.write(code)
    return ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(page)))()


def bpfPerfUserfaultfd(input):
    return " ".join((call(*BPF, 0, ctypes.create_string_buffer(256), 128),
                     call(*PERF, ctypes.create_string_buffer(256), 0, -1, -1, 0), call(*USERFAULTFD, 1)))


def tiocsti(input):
    return outcome(lambda: fcntl.ioctl(0, termios.TIOCSTI, b"x")) + " " + outcome(
        lambda: fcntl.ioctl(0, 0x541C, b"\x03"))
