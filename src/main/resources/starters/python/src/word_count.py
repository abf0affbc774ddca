import re


def load():
    """Runs once for each worker, before its first call: the place to read a model. What it returns is not needed here."""


def apply(input):
    """Runs for each call. A text comes as str, JSON as dict, list or number, a file as bytes; what is returned goes back."""
    words = re.findall(r"[\w']+", input)
    return {"words": len(words), "longest": max(words, key=len, default="")}
