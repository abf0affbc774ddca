import os

from seen import write


def memoryHog(input):
    kept = []
    while True:
        kept.append(bytearray(os.urandom(1 << 20)))


def memoryHogViaShm(input):
    for i in range(64):
        error = write("/dev/shm/%d" % i, b"x" * (1 << 20))
        if error != "done":
            for name in os.listdir("/dev/shm"):
                os.unlink("/dev/shm/" + name)
            return error
    return "64 MiB"


def inodeFlood(input):
    for folder in range(1000):
        os.mkdir("/tmp/%d" % folder)
        for name in range(1000):
            os.close(os.open("/tmp/%d/%d" % (folder, name), os.O_CREAT | os.O_WRONLY))
    return "a million files"
