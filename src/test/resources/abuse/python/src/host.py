import os
import signal

from seen import outcome, write


def readEtcShadow(input):
    return outcome(lambda: open("/etc/shadow").close())


def readHostSecrets(input):
    places = [input["home"], "/home", "/var", "/run", "/sys", "/usr/bin", "/etc/passwd", input["host"]]
    return " ".join(place for place in places if os.path.exists(place)) + "|" + " ".join(
        name for name in os.environ
        if name in ("PATH", "USER") or "ALGOMAT" in name or "DB" in name or os.environ[name].startswith(input["home"]))


def readSupervisorEnviron(input):
    try:
        given = open("/proc/%d/environ" % os.getppid(), "rb").read().split(b"\0")
    except OSError:
        return ""
    names = [variable.split(b"=")[0].decode() for variable in given]
    return " ".join(name for name in names if name not in ("PATH", "LANG", "PWD"))


def procSelfExeOverwrite(input):
    return write("/proc/self/exe") + " " + write("/proc/1/exe")


def procSysWrite(input):
    return " ".join(write("/proc/sys/kernel/" + name) for name in ("core_pattern", "hostname"))


def sysFsWrite(input):
    return write("/sys/kernel/uevent_helper") + " " + write("/sys/fs/cgroup/memory/memory.limit_in_bytes")


def killHostPid(input):
    return outcome(lambda: os.kill(input["pid"], signal.SIGKILL))


def fdLeak(input):
    known = ("socket:", "pipe:", "anon_inode:", "/dev/null", "/proc/")
    links = []
    for name in os.listdir("/proc/self/fd"):
        try:
            links.append(os.readlink("/proc/self/fd/" + name))
        except OSError:
            pass
    return "%s %s" % (len(links) <= 8, [link for link in links if not link.startswith(known)])
