"""Algorithmia's development kit, as far as an algorithm sees it: the runner takes what is registered here."""

registered = None


class ADK:
    def __init__(self, apply_func, load_func=None, client=None):
        global registered
        self.apply = apply_func
        self.load = load_func
        self.client = client
        registered = self

    def init(self, local_payload=None, pprint=print, mlops=False):
        """The calls come from the platform; a local payload is for a run on one's own machine."""
