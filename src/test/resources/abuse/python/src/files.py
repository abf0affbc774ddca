import os
import stat

from seen import outcome, write


def tmpfsFill(input):
    for i in range(64):
        error = write("/tmp/fill-%d" % i, b"x" * (1 << 20))
        if error != "done":
            for name in os.listdir("/tmp"):
                if name.startswith("fill-"):
                    os.unlink("/tmp/" + name)
            return error
    return "64 MiB"


def fallocateHuge(input):
    with open("/tmp/huge", "wb") as file:
        return outcome(lambda: os.posix_fallocate(file.fileno(), 0, 1 << 40))


def sparseFileHuge(input):
    with open("/tmp/sparse", "wb") as file:
        return outcome(lambda: os.truncate(file.fileno(), 1 << 40))


def openFilesFlood(input):
    kept = []
    def work():
        while True:
            kept.append(os.open("/dev/null", os.O_RDONLY))
    error = outcome(work)
    for descriptor in kept:
        os.close(descriptor)
    return error


def symlinkInOutputDir(input):
    for name in ("algoout", "out"):
        if not os.path.lexists("/tmp/" + name):
            os.symlink(input["host"], "/tmp/" + name)
    return write("/tmp/out")


def hardlinkToRuntime(input):
    return outcome(lambda: os.link("/algo/src/Abuse.py", "/tmp/linked")) + " " + outcome(
        lambda: os.link("/algo/src/Abuse.py", "/algo/src/linked"))


def chownSymlinkRace(input):
    os.symlink("/algo/src/Abuse.py", "/tmp/raced")
    return outcome(lambda: os.chown("/tmp/raced", 0, 0)) + " " + outcome(lambda: os.chmod("/tmp/raced", 0o4777))


def setuidBinary(input):
    flags = os.statvfs("/tmp").f_flag
    status = open("/proc/self/status").read()
    return "%s %s" % (bool(flags & os.ST_NOSUID), "NoNewPrivs:\t1" in status)


def mknodDevice(input):
    return outcome(lambda: os.mknod("/tmp/disk", 0o600 | stat.S_IFBLK, os.makedev(8, 0)))


def writeVersionDir(input):
    return " ".join(write(path) for path in ("/algo/poison.py", "/algo/src/Abuse.py", "/runner/x"))
