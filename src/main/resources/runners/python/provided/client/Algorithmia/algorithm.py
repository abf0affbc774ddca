import re
import time

from algomat_runner import nested, values

from .errors import AlgorithmException


class OutputType:
    default = "default"
    raw = "raw"
    void = "void"


class Metadata:
    def __init__(self, content_type, duration):
        self.content_type = content_type
        self.duration = duration
        self.stdout = None
        self.alerts = None
        self.full_metadata = {"content_type": content_type, "duration": duration}

    def __repr__(self):
        return "Metadata(content_type=%r,duration=%r,stdout=None)" % (self.content_type, self.duration)


class AlgoResponse:
    def __init__(self, result, metadata):
        self.result = result
        self.metadata = metadata

    def __repr__(self):
        return "AlgoResponse(result=%r,metadata=%r)" % (self.result, self.metadata)


class Algorithm:
    def __init__(self, client, reference):
        match = re.match(r"(?:algo://|/|)(\w+/.+)", reference)
        if match is None:
            raise ValueError("'%s' is no algorithm; expected is owner/name or owner/name/version" % reference)
        self.client = client
        self.path = match.group(1)
        self.url = "/v1/algo/" + self.path
        self.output_type = OutputType.default
        self.timeout = None

    def set_options(self, timeout=None, stdout=False, output=OutputType.default, **ignored):
        """``timeout`` in seconds; what is left of the calling algorithm's own time bounds it."""
        self.timeout = timeout
        self.output_type = output
        return self

    setOptions = set_options

    def pipe(self, input1):
        begin = time.monotonic()
        try:
            kind, value = nested.call(self.path, input1, self.timeout)
        except nested.Failed as error:
            raise AlgorithmException(str(error), None, error.error_type) from None
        if self.output_type == OutputType.raw:
            return value
        return AlgoResponse(value, Metadata(values.NAMES[kind], time.monotonic() - begin))
