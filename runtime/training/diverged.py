"""The exception for a loss that is nan or infinite. This module does not import Keras, so any module can import it."""


class Diverged(Exception):
    """Raised when the loss is nan or infinite."""

    def __init__(self, epoch: int) -> None:
        """Create the exception for an epoch, counted from 1."""
        super().__init__(epoch)
        self.epoch = epoch
