"""`LimitExceeded`: the exception that ends the check of a file."""

from .diagnostic import Diagnostic


class LimitExceeded(Exception):
    """Raised if a file exceeds a limit, so that the rest of it is not checked.

    It is not a `LabError`: no caller can continue after it. `diagnostic` is None if the limit has been reported before.
    """

    def __init__(self, diagnostic: Diagnostic | None = None) -> None:
        super().__init__(diagnostic)
        self.diagnostic = diagnostic
