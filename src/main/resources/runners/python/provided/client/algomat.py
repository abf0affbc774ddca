"""What an algorithm tells the platform of the call in hand."""

from algomat_runner import reports


def metric(name, value, input=None):
    """Reports that so much was done, such as ``metric("pages", 3)``. Reports of one name add up.

    The algorithm's price may be by the unit of one metric. ``input``, in ``apply_batch`` alone, is the place of the input in
    the list. Raises ValueError for a value below zero or no number, for a name that is none, and for too many of them.
    """
    reports.metric(name, value, input)
