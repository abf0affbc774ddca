"""Payloads and Python's values: bytes are binary, str is text, all else is JSON."""

NONE, TEXT, JSON, BINARY = range(4)
NAMES = ("void", "text", "json", "binary")


class Unsendable(Exception):
    """A value that is neither text nor bytes nor JSON."""


def decode(kind, data):
    if kind == NONE:
        return None
    if kind == TEXT:
        return data.decode("utf-8")
    if kind == BINARY:
        return data
    import json

    return json.loads(data)


def encode(value):
    """Its kind and bytes."""
    if isinstance(value, (bytes, bytearray, memoryview)):
        return BINARY, bytes(value)
    try:
        if isinstance(value, str):
            return TEXT, value.encode("utf-8")
        import json

        text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
        return JSON, text.encode("utf-8")
    except (TypeError, ValueError, RecursionError) as e:
        named = type(value).__name__
        raise Unsendable("expected is text, bytes or JSON, there came a value of type %s: %s" % (named, e)) from None
