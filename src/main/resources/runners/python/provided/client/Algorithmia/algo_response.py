from .algorithm import AlgoResponse  # noqa: F401
