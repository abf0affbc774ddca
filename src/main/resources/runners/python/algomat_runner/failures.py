"""What went wrong, in the words of the protocol."""


class Cancelled(BaseException):
    """Raised in the middle of a call that the gateway has given up; no ``except Exception`` of an algorithm's keeps it."""


class Refused(Exception):
    """A bundle that cannot be loaded, told without a stack trace."""


def of(error, folder):
    """Error type, message and stack trace of an exception; the runner's own frames are not in the trace."""
    if isinstance(error, MemoryError):
        return "OutOfMemoryError", "the algorithm needs more memory than its worker has", ""
    if isinstance(error, SystemExit):
        return "SystemExit", "the algorithm ended its process with status %s" % (error.code,), trace(error, folder)
    known = getattr(error, "error_type", None)
    kind = known if isinstance(known, str) and known else "AlgorithmError"
    return kind, message(error), trace(error, folder)


def message(error):
    try:
        text = str(error)
    except Exception:
        text = ""
    return text or type(error).__name__


def trace(error, folder):
    import traceback

    tb = error.__traceback__
    while tb is not None and tb.tb_frame.f_code.co_filename.startswith(folder):
        tb = tb.tb_next
    try:
        return "".join(traceback.format_exception(type(error), error, tb))
    except Exception:
        return type(error).__name__
