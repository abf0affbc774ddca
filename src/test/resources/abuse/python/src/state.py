import os

kept = []


def leave(input):
    kept.append("left")
    for folder in ("/tmp", "/dev/shm"):
        with open(folder + "/left", "w") as file:
            file.write("left")
    return "left"


def find(input):
    found = [folder for folder in ("/tmp", "/dev/shm") if os.path.exists(folder + "/left")]
    return "%s %s" % (kept, found)
