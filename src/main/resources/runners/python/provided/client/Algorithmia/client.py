from .algorithm import Algorithm
from .errors import DataApiError


class Client:
    def __init__(self, *ignored, **also_ignored):
        """Neither key nor address is used: who called this algorithm pays for what it calls."""

    def algo(self, reference):
        return Algorithm(self, reference)

    def file(self, reference):
        raise DataApiError("'%s' cannot be reached: an algorithm has no data collections; put the file into the bundle" % reference)

    dir = file
