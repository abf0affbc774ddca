"""Where an algorithm's imports are found: its own files first, then its packages, then what the runner provides."""

import builtins
import os
import sys


def prepare(entry, bundle, dependencies, folder):
    own = [bundle, os.path.dirname(bundle + "/" + entry)]
    provided = folder + "/provided"
    # The client of PyPI could reach nothing from a sandbox, and old requirements name it: ours stands before it.
    sys.path[:0] = list(dict.fromkeys(own)) + [provided + "/client"]
    if dependencies is not None:
        sys.path.insert(len(sys.path) - standard(), dependencies)
        if any(name.endswith(".pth") for name in os.listdir(dependencies)):
            import site

            site.addsitedir(dependencies)
    sys.path.append(provided + "/adk")
    os.chdir(bundle)
    sys.argv = [bundle + "/" + entry]
    # What the site module would have given, which is not run.
    builtins.exit = builtins.quit = sys.exit


def standard():
    """How many folders of the interpreter's own end the path."""
    return sum(1 for path in sys.path if "/lib/python3" in path)
