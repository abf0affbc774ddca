import os
import signal
import threading
import time

from seen import child


def forkBomb(input):
    while True:
        if os.fork() == 0:
            try:
                while True:
                    os.fork()
            except OSError:
                time.sleep(60)
            os._exit(0)


def threadBomb(input):
    while True:
        threading.Thread(target=time.sleep, args=(60,), daemon=True).start()


def cpuSpin(input):
    while True:
        pass


def sleepForever(input):
    time.sleep(1000)


def ignoreSigterm(input):
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    while True:
        time.sleep(1)


def doubleForkDaemon(input):
    def middle():
        os.setsid()
        if os.fork() == 0:
            os.closerange(0, 256)
            time.sleep(1000)
    os.waitpid(child(middle), 0)
    return "left behind"


def zombieFactory(input):
    for _ in range(100):
        def orphan():
            os.fork()
        os.waitpid(child(orphan), 0)
        time.sleep(0.005)
    return "100"
