class ApiError(Exception):
    """What a call to another algorithm may end with."""


class ApiInternalError(ApiError):
    pass


class DataApiError(ApiError):
    pass


class AlgorithmException(ApiError):
    def __init__(self, message, stack_trace=None, error_type=None):
        ApiError.__init__(self, message)
        self.message = message
        self.stack_trace = stack_trace
        self.error_type = error_type
